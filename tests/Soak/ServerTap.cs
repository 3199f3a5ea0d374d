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
        var segment = ip[Ipv4Header.MinSize..];
        var sum = Checksum.PseudoHeaderV4(
            BinaryPrimitives.ReadUInt32BigEndian(ip[12..]), BinaryPrimitives.ReadUInt32BigEndian(ip[16..]), (IpProtocol)ip[9], segment.Length);
        return Checksum.Finish(Checksum.Add(segment, sum));
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
        if (frame.Length < EthernetHeader.Size + Ipv4Header.MinSize || frame[12] != 0x08 || frame[13] != 0x00) return;
        var ip = frame[EthernetHeader.Size..];
        if (!MixedTraffic.IsSource(IpAddress128.FromV4(BinaryPrimitives.ReadUInt32BigEndian(ip[12..])))) return;
        Volatile.Write(ref _arrived, _arrived + 1);
        ip = ip[..Math.Min(ip.Length, BinaryPrimitives.ReadUInt16BigEndian(ip[2..]))];
        var number = BinaryPrimitives.ReadInt64BigEndian(ip[^MixedTraffic.NumberSize..]);
        var wrong =
            !frame[..6].SequenceEqual(Bytes(own)) ? "not this server's MAC"
            : Checksum.Compute(ip[..Ipv4Header.MinSize]) != 0 ? "IP checksum"
            : ip[8] != TimeToLive ? $"TTL {ip[8]}"
            : TransportChecksum(ip) != 0 ? "transport checksum"
            : number < 0 || number > traffic.Sent ? "never sent"
            : !IsFirst(number) ? "came twice"
            : null;
        if (wrong is null) return;
        lock (_wrong)
            if (_wrong.Count < Kept) _wrong.Add($"{wrong}: {Convert.ToHexString(frame)}");
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
