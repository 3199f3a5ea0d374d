using System.Collections;
using System.Collections.Concurrent;
using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux.Processes;

/// <summary>
/// Starts processes, as other users too, and waits for their ends: all on one thread of its own, which takes the credentials of a child
/// for itself while it starts it (posix_spawn(3): a child begins with what the calling thread has), and goes back by its saved user id. So
/// nothing of ours runs between fork(2) and execve(2).
/// </summary>
/// <remarks>
/// A child leads a session of its own, works in <c>/</c>, has <c>/dev/null</c> for its three descriptors and no others, the default action
/// for every signal and none blocked, and our environment without what systemd meant for us alone. Capabilities end with execve(2), as for
/// any user but root (capabilities(7)). A child is reaped when it ends; there is no zombie for longer than the thread takes.
/// </remarks>
public sealed unsafe class ChildSpawner : IDisposable
{
    /// <summary>Children that may run at once; more are refused.</summary>
    public const int MaxChildren = 4096;

    private static readonly string[] NotForChildren =
        ["NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "WATCHDOG_USEC", "WATCHDOG_PID", "MAINPID"];

    private readonly ConcurrentQueue<(ChildCommand Command, TaskCompletionSource<Child> Started)> _asked = new();
    private readonly List<Child> _children = [];
    private readonly WakeSignal _wake = new();
    private readonly Thread _thread;
    private readonly CString[] _environment;
    private volatile bool _isEnding;

    /// <summary>Starts the thread.</summary>
    /// <exception cref="LinuxException">The process has no descriptors left.</exception>
    public ChildSpawner()
    {
        _environment = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(entry => !NotForChildren.Contains((string)entry.Key))
            .Select(entry => new CString($"{entry.Key}={entry.Value}"))];
        _thread = new Thread(Run) { IsBackground = true, Name = "spawner" };
        _thread.Start();
    }

    /// <summary>Starts a process.</summary>
    /// <exception cref="LinuxException">It cannot be started: no such file, not executable, not allowed.</exception>
    /// <exception cref="ObjectDisposedException">The spawner has ended.</exception>
    public Task<Child> StartAsync(ChildCommand command)
    {
        ObjectDisposedException.ThrowIf(_isEnding, this);
        var started = new TaskCompletionSource<Child>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Enqueue((command, started));
        _wake.Signal();
        // Whoever ends meanwhile refuses what is left; or it is refused here.
        if (_isEnding) started.TrySetException(new ObjectDisposedException(nameof(ChildSpawner)));
        return started.Task;
    }

    /// <summary>Kills the children that still run, with their groups, and waits for their ends.</summary>
    public void Dispose()
    {
        if (_isEnding) return;
        _isEnding = true;
        _wake.Signal();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        _ = Libc.ProcessControl(ProcessAbi.PR_CAP_AMBIENT, ProcessAbi.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
        while (!_isEnding)
        {
            while (!_isEnding && _asked.TryDequeue(out var asked)) Answer(asked.Command, asked.Started);
            if (_isEnding) break;
            Await();
        }

        while (_asked.TryDequeue(out var asked)) asked.Started.TrySetException(new ObjectDisposedException(nameof(ChildSpawner)));
        foreach (var child in _children) child.Kill();
        while (_children.Count > 0) Await();
    }

    private void Answer(ChildCommand command, TaskCompletionSource<Child> started)
    {
        try
        {
            if (_children.Count >= MaxChildren)
                throw new LinuxException("posix_spawn", command.Program, Errno.EAGAIN, "too many scripts run already");
            var child = Start(command);
            _children.Add(child);
            if (!started.TrySetResult(child)) child.Kill();
        }
        catch (LinuxException refusal)
        {
            started.TrySetException(refusal);
        }
    }

    /// <summary>Sleeps until a child ends or something is asked, and reaps.</summary>
    private void Await()
    {
        var polled = new pollfd[_children.Count + 1];
        polled[0] = new() { fd = _wake.Handle, events = LibC.POLLIN };
        for (var i = 0; i < _children.Count; i++) polled[i + 1] = new() { fd = _children[i].Handle, events = LibC.POLLIN };
        fixed (pollfd* pointer = polled) _ = Libc.Poll(pointer, (nuint)polled.Length, -1);
        if (polled[0].revents != 0) _wake.Reset();
        for (var i = _children.Count - 1; i >= 0; i--)
        {
            if (polled[i + 1].revents == 0) continue;
            var child = _children[i];
            _children.RemoveAt(i);
            child.Reap();
        }
    }

    private Child Start(ChildCommand command)
    {
        using var borrowed = command.RunAs is { } credentials ? new BorrowedCredentials(credentials) : null;
        var id = Spawn(command);
        var process = (int)ProcessAbi.SystemCall(ProcessAbi.SYS_pidfd_open, id, 0, 0);
        if (process >= 0) return new(id, new(process));
        var refusal = LinuxException.FromLastError("pidfd_open", command.Program, "raise LimitNOFILE");
        // Nobody could wait for it.
        _ = ProcessAbi.Kill(-id, ProcessAbi.SIGKILL);
        ProcessAbi.SignalInfo end;
        const int P_PID = 1;
        _ = ProcessAbi.WaitId(P_PID, id, &end, ProcessAbi.WEXITED);
        throw refusal;
    }

    private int Spawn(ChildCommand command)
    {
        const int Input = 0, Output = 1, Errors = 2;
        byte* attributes = stackalloc byte[ProcessAbi.OpaqueSize], actions = stackalloc byte[ProcessAbi.OpaqueSize];
        byte* all = stackalloc byte[ProcessAbi.SignalSetSize], none = stackalloc byte[ProcessAbi.SignalSetSize];
        new Span<byte>(all, ProcessAbi.SignalSetSize).Fill(byte.MaxValue);
        new Span<byte>(none, ProcessAbi.SignalSetSize).Clear();
        Must(ProcessAbi.InitAttributes(attributes));
        Must(ProcessAbi.InitActions(actions));
        try
        {
            Must(ProcessAbi.SetFlags(attributes,
                ProcessAbi.POSIX_SPAWN_SETSID | ProcessAbi.POSIX_SPAWN_SETSIGDEF | ProcessAbi.POSIX_SPAWN_SETSIGMASK));
            Must(ProcessAbi.SetDefaultSignals(attributes, all));
            Must(ProcessAbi.SetSignalMask(attributes, none));
            Must(ProcessAbi.AddChangeDirectory(actions, "/"));
            Must(ProcessAbi.AddOpen(actions, Input, "/dev/null", LibC.O_RDONLY, 0));
            Must(ProcessAbi.AddOpen(actions, Output, "/dev/null", LibC.O_WRONLY, 0));
            Must(ProcessAbi.AddOpen(actions, Errors, "/dev/null", LibC.O_WRONLY, 0));
            CloseOthers(actions, Errors + 1);
            return Spawn(command, actions, attributes);
        }
        finally
        {
            _ = ProcessAbi.DestroyActions(actions);
            _ = ProcessAbi.DestroyAttributes(attributes);
        }

        void Must(int errno)
        {
            if (errno != 0) throw new LinuxException("posix_spawn", command.Program, errno);
        }
    }

    /// <summary>All of ours close by themselves on execve(2); this is for those that somebody marked to be inherited.</summary>
    private static void CloseOthers(byte* actions, int first)
    {
        try
        {
            _ = ProcessAbi.AddCloseFrom(actions, first);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library before glibc 2.34.
        }
    }

    private int Spawn(ChildCommand command, byte* actions, byte* attributes)
    {
        using var program = new CString(command.Program);
        CString[] arguments = [new(command.Program), .. command.Arguments.Select(argument => new CString(argument))];
        try
        {
            var argumentPointers = Pointers(arguments);
            var environmentPointers = Pointers(_environment);
            fixed (nint* argv = argumentPointers, envp = environmentPointers)
            {
                int id;
                var errno = ProcessAbi.Spawn(&id, (byte*)program.Pointer, actions, attributes, (byte**)argv, (byte**)envp);
                return errno == 0 ? id : throw new LinuxException("execve", command.Program, errno);
            }
        }
        finally
        {
            foreach (var argument in arguments) argument.Dispose();
        }
    }

    /// <summary>The pointers, and the null that ends the list.</summary>
    private static nint[] Pointers(CString[] strings) => [.. strings.Select(text => text.Pointer), 0];
}
