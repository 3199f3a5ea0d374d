using System.Globalization;
using Director.Linux.Abi;

namespace Director.Linux.Processes;

/// <summary>
/// A process that <see cref="ChildSpawner"/> started, the leader of a session and process group of its own. Safe from any thread.
/// </summary>
public sealed class Child
{
    private readonly Lock _gate = new();
    private readonly FileDescriptor _process;
    private readonly TaskCompletionSource<ChildExit> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isGone;
    private bool _wasSignalled;

    internal Child(int id, FileDescriptor process) => (Id, _process) = (id, process);

    /// <summary>Its process id, and that of its group.</summary>
    public int Id { get; }

    /// <summary>How it ended, once it has.</summary>
    public Task<ChildExit> Exit => _exit.Task;

    /// <summary>The pidfd, readable when it has ended; until <see cref="Reap"/>.</summary>
    internal int Handle => _process.Value;

    /// <summary>
    /// Asks the whole group to end (SIGTERM). What is left of the group when its leader has ended is killed. Nothing if the leader has
    /// ended already.
    /// </summary>
    public void Terminate() => Signal(ProcessAbi.SIGTERM);

    /// <summary>Kills the whole group (SIGKILL).</summary>
    public void Kill() => Signal(ProcessAbi.SIGKILL);

    /// <summary>Takes note of its end and forgets it; on the spawner's thread.</summary>
    internal unsafe void Reap()
    {
        ProcessAbi.SignalInfo end = default;
        lock (_gate)
        {
            // While the leader is not reaped its number, and so the group's, is nobody else's.
            if (_wasSignalled) _ = ProcessAbi.Kill(-Id, ProcessAbi.SIGKILL);
            _isGone = true;
            if (ProcessAbi.WaitId(ProcessAbi.P_PIDFD, Handle, &end, ProcessAbi.WEXITED) != 0)
            {
                _exit.SetException(
                    LinuxException.FromLastError("waitid", string.Create(CultureInfo.InvariantCulture, $"process {Id}")));
                _process.Dispose();
                return;
            }

            _process.Dispose();
        }

        _exit.SetResult(new(end.Code != ProcessAbi.CLD_EXITED, end.Status));
    }

    private void Signal(int signal)
    {
        lock (_gate)
        {
            if (_isGone) return;
            _wasSignalled = true;
            _ = ProcessAbi.Kill(-Id, signal);
        }
    }
}
