using Tmds.Linux;

namespace Director.Linux;

/// <summary>
/// Ends another thread's wait on descriptors (eventfd(2)). <see cref="Signal"/> is safe from any thread; the waiter, if it goes on, calls
/// <see cref="Reset"/>.
/// </summary>
public sealed unsafe class WakeSignal : IDisposable
{
    private readonly FileDescriptor _descriptor;

    /// <summary>Opens the signal.</summary>
    /// <exception cref="LinuxException">The process has no descriptors left.</exception>
    public WakeSignal()
    {
        var descriptor = LibC.eventfd(0, LibC.EFD_NONBLOCK | LibC.EFD_CLOEXEC);
        if (descriptor < 0) throw LinuxException.FromLastError("eventfd", "wake signal", "raise LimitNOFILE");
        _descriptor = new(descriptor);
    }

    /// <summary>The descriptor, for poll(2): readable from <see cref="Signal"/> to <see cref="Reset"/>.</summary>
    public int Handle => _descriptor.Value;

    /// <summary>Makes the descriptor readable; once disposed, does nothing.</summary>
    public void Signal()
    {
        var held = false;
        try
        {
            // The number of a closed descriptor may be another file's: this one stays open until it is written to.
            _descriptor.DangerousAddRef(ref held);
            ulong one = 1;
            // It can fail only when 2^64 - 2 signals wait already (eventfd(2)).
            _ = LibC.write(_descriptor.Value, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
        finally
        {
            if (held) _descriptor.DangerousRelease();
        }
    }

    /// <summary>Takes all signals so far, however many. Never blocks.</summary>
    public void Reset()
    {
        ulong signals;
        _ = LibC.read(_descriptor.Value, &signals, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
