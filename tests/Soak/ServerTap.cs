using System.Buffers.Binary;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Linux.Xdp;

namespace Director.Tests.Soak;

/// <summary>
/// Everything that arrives at a server from <see cref="MixedTraffic"/>, looked at to the byte. What must never be is kept as words, the
/// first of it; a thread of its own reads.
/// </summary>
internal sealed class ServerTap(Wire wire, MacAddress own, MixedTraffic traffic, HashSet<long> numbers) : IDisposable
{
    private const int Kept = 10;
    private const byte TimeToLive = 63;

    private readonly List<string> _wrong = [];
    private readonly CancellationTokenSource _stop = new();
    private Thread? _thread;
    private long _arrived;

    /// <summary>Frames of the traffic that arrived.</summary>
    public long Arrived => Volatile.Read(ref _arrived);

    /// <summary>What was wrong with some of them.</summary>
    public IReadOnlyList<string> Wrong
    {
        get
        {
            lock (_wrong) return [.. _wrong];
        }
    }

    /// <summary>What TCP's or UDP's checksum field must hold for the rest of the packet; with the right field in place, 0.</summary>
    public static ushort TransportChecksum(ReadOnlySpan<byte> ip)
    {
        if (ip[0] >> 4 == 6)
        {
            var datagram = ip[Ipv6Header.Size..];
            return Checksum.Finish(Checksum.Add(datagram, Checksum.PseudoHeaderV6(
                IpAddress128.ReadV6(ip[8..]), IpAddress128.ReadV6(ip[24..]), (IpProtocol)ip[6], datagram.Length)));
        }

        var segment = ip[Ipv4Header.MinSize..];
        return Checksum.Finish(Checksum.Add(segment, Checksum.PseudoHeaderV4(
            BinaryPrimitives.ReadUInt32BigEndian(ip[12..]), BinaryPrimitives.ReadUInt32BigEndian(ip[16..]),
            (IpProtocol)ip[9], segment.Length)));
    }

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        _thread = new(() =>
        {
            while (!_stop.IsCancellationRequested)
                if (wire.Receive(TimeSpan.FromMilliseconds(50)) is { } frame) Look(frame);
        })
        { IsBackground = true, Name = "server tap" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _stop.Dispose();
        wire.Dispose();
    }

    private void Look(ReadOnlySpan<byte> frame)
    {
        if (!TryReadIp(frame, out var ip, out var source, out var hopsLeft) || !MixedTraffic.IsSource(source)) return;
        Volatile.Write(ref _arrived, _arrived + 1);
        var number = BinaryPrimitives.ReadInt64BigEndian(ip[^MixedTraffic.NumberSize..]);
        var wrong =
            !frame[..6].SequenceEqual(Bytes(own)) ? "not this server's MAC"
            : source.IsV4 && Checksum.Compute(ip[..Ipv4Header.MinSize]) != 0 ? "IP checksum"
            : hopsLeft != TimeToLive ? $"TTL {hopsLeft}"
            : TransportChecksum(ip) != 0 ? "transport checksum"
            : number < 0 || number > traffic.Sent ? "never sent"
            : !IsFirst(number) ? "came twice"
            : null;
        if (wrong is null) return;
        lock (_wrong)
            if (_wrong.Count < Kept) _wrong.Add($"{wrong}: {Convert.ToHexString(frame)}");
    }

    private static bool TryReadIp(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> ip, out IpAddress128 source, out byte hopsLeft)
    {
        ip = frame[Math.Min(frame.Length, EthernetHeader.Size)..];
        if (Ipv4Header.TryRead(ip, out var four))
        {
            ip = four.Packet;
            (source, hopsLeft) = (four.Source, four.TimeToLive);
            return true;
        }

        var isV6 = Ipv6Header.TryRead(ip, out var six);
        if (isV6) ip = six.Packet;
        (source, hopsLeft) = isV6 ? (six.Source, six.HopLimit) : default;
        return isV6;
    }

    private bool IsFirst(long number)
    {
        lock (numbers) return numbers.Add(number);
    }

    private static byte[] Bytes(MacAddress mac)
    {
        var bytes = new byte[MacAddress.Size];
        mac.WriteTo(bytes);
        return bytes;
    }
}
