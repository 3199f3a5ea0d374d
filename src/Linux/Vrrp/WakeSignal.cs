using System.Runtime.InteropServices;
using Tmds.Linux;

namespace Director.Linux.Vrrp;

/// <summary>Ends another thread's wait on descriptors (eventfd(2)). <see cref="Signal"/> is safe from any thread.</summary>
public sealed unsafe class WakeSignal : IDisposable
{
    private const int EFD_CLOEXEC = 0x80000;
    private const int EFD_NONBLOCK = 0x800;

    private readonly FileDescriptor _descriptor;

    /// <summary>Opens the signal.</summary>
    /// <exception cref="LinuxException">The process has no descriptors left.</exception>
    public WakeSignal()
    {
        var descriptor = LibC.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (descriptor < 0) throw new LinuxException("eventfd", "wake signal", Marshal.GetLastPInvokeError(), "raise LimitNOFILE");
        _descriptor = new(descriptor);
    }

    /// <summary>The descriptor, readable once signalled.</summary>
    public int Handle => _descriptor.Value;

    /// <summary>Makes the descriptor readable for good.</summary>
    public void Signal()
    {
        ulong one = 1;
        _ = LibC.write(_descriptor.Value, &one, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
