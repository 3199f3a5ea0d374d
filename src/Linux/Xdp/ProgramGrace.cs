using Director.Datapath.Offload;
using Director.Linux.Bpf;

namespace Director.Linux.Xdp;

/// <summary>
/// Waits, on a thread of its own and only when asked, until every program that runs now has ended: the kernel does so whenever an entry of
/// an array of maps is set (Linux kernel/bpf/syscall.c, <c>maybe_wait_bpf_programs</c>).
/// </summary>
public sealed class ProgramGrace : IGracePeriod, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly BpfMap<uint, uint> _inner;
    private readonly BpfMap<uint, uint> _outer;
    private readonly AutoResetEvent _asked = new(false);
    private readonly Thread _thread;
    private long _requested;
    private long _passed;
    private bool _stopping;

    private ProgramGrace(BpfMap<uint, uint> inner, BpfMap<uint, uint> outer)
    {
        (_inner, _outer) = (inner, outer);
        _thread = new Thread(Run) { IsBackground = true, Name = "grace" };
        _thread.Start();
    }

    /// <summary>Makes one and starts its thread.</summary>
    /// <exception cref="LinuxException">The process may not use bpf(2).</exception>
    public static ProgramGrace Create()
    {
        using var undo = new Undo();
        var inner = undo.Add(BpfMap<uint, uint>.Create(BpfMapType.Array, "director_grace", 1));
        var outer = undo.Add(BpfMap<uint, uint>.Create(BpfMapType.ArrayOfMaps, "director_graces", 1, inner.Descriptor));
        outer.Set(0, (uint)inner.Descriptor);
        undo.Keep();
        return new(inner, outer);
    }

    /// <inheritdoc/>
    public long Request()
    {
        var number = Interlocked.Increment(ref _requested);
        _asked.Set();
        return number;
    }

    /// <inheritdoc/>
    public bool HasPassed(long number) => Volatile.Read(ref _passed) >= number;

    /// <summary>Ends the thread. What has not passed by now never will.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _stopping, true);
        _asked.Set();
        _thread.Join();
        _asked.Dispose();
        _outer.Dispose();
        _inner.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _asked.WaitOne();
            if (Volatile.Read(ref _stopping)) return;
            var upTo = Volatile.Read(ref _requested);
            if (TryWait()) Volatile.Write(ref _passed, upTo);
            else _asked.Set();
        }
    }

    private bool TryWait()
    {
        try
        {
            _outer.Set(0, (uint)_inner.Descriptor);
            return true;
        }
        catch (LinuxException)
        {
            // The kernel has no memory at this moment. Until it has, closed slots stay closed.
            Thread.Sleep(Pause);
            return false;
        }
    }
}
