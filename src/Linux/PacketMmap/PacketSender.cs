using System.Runtime.InteropServices;
using Director.Datapath;
using Director.Linux.Abi;
using Director.Linux.Xdp;
using Tmds.Linux;
using static Director.Linux.Abi.PacketAbi;

namespace Director.Linux.PacketMmap;

/// <summary>
/// A packet socket that sends: frames are named to it where they lie, and a batch goes to the driver by one call (sendmmsg(2)), past the
/// device's queueing. A ring of frames to send was measured slower, as every frame has to be copied into it first.
/// </summary>
internal sealed unsafe class PacketSender : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private readonly Message* _messages;
    private readonly PacketAbi.Buffer* _buffers;
    private int _count;
    private bool _disposed;

    private PacketSender(FileDescriptor descriptor)
    {
        _descriptor = descriptor;
        _messages = (Message*)NativeMemory.AllocZeroed(DatapathLimits.MaxBatchFrames, (nuint)sizeof(Message));
        _buffers = (PacketAbi.Buffer*)NativeMemory.AllocZeroed(DatapathLimits.MaxBatchFrames, (nuint)sizeof(PacketAbi.Buffer));
        for (var i = 0; i < DatapathLimits.MaxBatchFrames; i++) _messages[i] = new() { Buffers = _buffers + i, BufferCount = 1 };
    }

    /// <summary>Opens one on a device.</summary>
    /// <exception cref="LinuxException">Refused: which call, and what to do.</exception>
    public static PacketSender Open(XdpDevice device)
    {
        var descriptor = PacketSocket.Open(device);
        try
        {
            var one = 1;
            // Without it frames queue at the device's discipline: slower, and no less right.
            _ = LibC.setsockopt(descriptor.Value, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof(int));
            PacketSocket.RaiseBuffer(descriptor.Value, PacketSocket.SO_SNDBUFFORCE);
            PacketSocket.Bind(descriptor.Value, device, protocol: 0);
            return new(descriptor);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <summary>Names a frame to be sent, which stays where it is until <see cref="Flush"/>; at most a batch of them.</summary>
    public void Add(nint address, int length) => _buffers[_count++] = new() { Address = address, Length = (nuint)length };

    /// <summary>Sends what was named. What the device does not take is dropped and counted.</summary>
    public void Flush(PacketLaneCounters counters)
    {
        var sent = 0;
        while (sent < _count)
        {
            var more = Libc.SendMessages(_descriptor.Value, _messages + sent, (uint)(_count - sent), LibC.MSG_DONTWAIT);
            if (more > 0)
            {
                counters.Transmitted += more;
                sent += more;
                continue;
            }

            var errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.EINTR) continue;
            // A driver that is busy, or a frame that is too long, costs that frame; a device that takes none shall not cost a call each.
            var lost = errno is Errno.ENOBUFS or Errno.EMSGSIZE ? 1 : _count - sent;
            counters.TransmitRefused += lost;
            counters.LastRefusal = errno;
            sent += lost;
        }

        _count = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _descriptor.Dispose();
        NativeMemory.Free(_messages);
        NativeMemory.Free(_buffers);
    }
}
