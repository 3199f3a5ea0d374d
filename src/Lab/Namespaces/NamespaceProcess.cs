using System.Diagnostics;
using System.Globalization;

namespace Director.Lab.Namespaces;

/// <summary>
/// A child process inside a namespace, in a session of its own, so that Ctrl-C reaches only the lab. Its output is read as it comes and
/// the last <see cref="LabLimits.KeptOutputLines"/> lines of both streams are kept. Safe from any thread.
/// </summary>
internal sealed class NamespaceProcess : IDisposable
{
    private readonly Process _process;
    private readonly Queue<string> _lines = new();
    private readonly Task _readers;
    private readonly Lock _gate = new();
    private Action<string>? _lineRead;

    private NamespaceProcess(Process process)
    {
        _process = process;
        Pid = process.Id;
        process.StandardInput.Close();
        _readers = Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError));
    }

    /// <summary>Its process id: none of <c>ip netns exec</c>, <c>setsid</c> and <c>env</c> leaves a process between.</summary>
    public int Pid { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>How it ended; 128 + n if by signal n. Only after its end.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What it printed last, oldest line first, both streams as they came.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    /// <summary>Called for every line of output, from a pool thread; lines read before are handed over first, in order.</summary>
    public void OnLine(Action<string> read)
    {
        lock (_gate)
        {
            foreach (var line in _lines) read(line);
            _lineRead += read;
        }
    }

    /// <summary>Sends a signal by its name, e.g. <c>TERM</c>; one to a process that has ended is ignored.</summary>
    public void Kill(string signal = "KILL")
    {
        if (!_process.HasExited) Tool.TryRun("sh", "-c", $"kill -{signal} {Pid.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Waits for its end and for the end of its output; false if <paramref name="timeout"/> passed first.</summary>
    public bool Wait(TimeSpan timeout)
    {
        if (!_process.WaitForExit(timeout)) return false;
        _readers.Wait(LabLimits.KillTimeout); // a grandchild may hold the pipe open
        return true;
    }

    /// <summary>Waits for its end and for the end of its output.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        await _process.WaitForExitAsync(stop);
        await Task.WhenAny(_readers, Task.Delay(LabLimits.KillTimeout, stop));
    }

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit(LabLimits.KillTimeout);
        _process.Dispose();
    }

    /// <summary>
    /// Starts <paramref name="command"/> in <paramref name="where"/>; returns once it is inside, where a clean-up finds it. A shell without
    /// job control has what it runs in the background ignore SIGINT (POSIX sh, 2.11), nohup SIGHUP, and a child inherits
    /// that; here it gets the default, so that a signal does the same however the lab was started. What it leaves in its temporary
    /// directory, as .NET leaves its diagnostic pipes when it is killed, goes with the network.
    /// </summary>
    internal static NamespaceProcess Start(NetworkNamespace where, ReadOnlySpan<string> command)
    {
        ReadOnlySpan<string> temporary = where.Directory is { } directory ? ["TMPDIR=" + directory] : [];
        var started = new NamespaceProcess(
            Tool.Start(["ip", "netns", "exec", where.Name, "setsid", "env", "--default-signal=INT,HUP", .. temporary, .. command]));
        while (!where.Holds(started.Pid) && !started.HasExited) Thread.Sleep(1);
        return started;
    }

    private async Task Read(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            if (line.Length > LabLimits.OutputLineLength) line = line[..LabLimits.OutputLineLength];
            lock (_gate)
            {
                if (_lines.Count == LabLimits.KeptOutputLines) _lines.Dequeue();
                _lines.Enqueue(line);
                _lineRead?.Invoke(line);
            }
        }
    }
}
