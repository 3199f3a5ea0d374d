using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Director.Tests.Support;

/// <summary>
/// One thread of another process, stopped where it is until this is disposed (ptrace(2)); a signal would stop all of them. Whoever stops
/// it must be there for as long, and be the one that lets it go: a thread of its own.
/// </summary>
internal sealed partial class StoppedThread : IDisposable
{
    private const int PTRACE_DETACH = 17, PTRACE_SEIZE = 0x4206, PTRACE_INTERRUPT = 0x4207;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _tracer;

    private StoppedThread(int processId, int id)
    {
        _tracer = new Thread(() => Trace(processId, id)) { IsBackground = true, Name = "tracer" };
        _tracer.Start();
    }

    /// <summary>Stops the thread of that name; returns once it stands still.</summary>
    public static async Task<StoppedThread> StopAsync(int processId, string name)
    {
        var stopped = new StoppedThread(processId, IdOf(processId, name));
        await stopped._stopped.Task;
        return stopped;
    }

    /// <summary>Lets it go on; returns once it may.</summary>
    public void Dispose()
    {
        _release.Set();
        _tracer.Join();
        _release.Dispose();
    }

    private void Trace(int processId, int id)
    {
        try
        {
            if (PTrace(PTRACE_SEIZE, id, 0, 0) != 0 || PTrace(PTRACE_INTERRUPT, id, 0, 0) != 0)
                throw new InvalidOperationException($"ptrace: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
            for (var waited = Stopwatch.StartNew(); StateOf(processId, id) != 't'; Thread.Sleep(1))
                if (waited.Elapsed > Patience) throw new InvalidOperationException($"thread {id} does not stop");
            _stopped.SetResult();
        }
        catch (InvalidOperationException failure)
        {
            _stopped.SetException(failure);
            return;
        }

        _release.Wait();
        _ = PTrace(PTRACE_DETACH, id, 0, 0);
    }

    private static int IdOf(int processId, string name) =>
        Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task"))
            .Where(task => File.ReadAllText(Path.Combine(task, "comm")).Trim() == name)
            .Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture)).Single();

    // proc(5): the state comes after the name, which is in parentheses.
    private static char StateOf(int processId, int id)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task/{id}/stat"));
        return stat[stat.LastIndexOf(')') + 2];
    }

    [LibraryImport("libc.so.6", EntryPoint = "ptrace", SetLastError = true)]
    private static partial long PTrace(long request, int id, nint address, nint data);
}
