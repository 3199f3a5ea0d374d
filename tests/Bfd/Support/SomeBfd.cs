using Director.Bfd;
using Director.Bfd.Ports;
using Director.Bfd.Wire;
using Director.Net;

namespace Director.Tests.Bfd.Support;

/// <summary>Settings and packets that any test may play with.</summary>
internal static class SomeBfd
{
    public static readonly IpAddress128 Own = IpAddress128.Parse("10.9.0.1");
    public static readonly IpAddress128 Peer = IpAddress128.Parse("10.9.0.2");
    public static readonly PacketOrigin FromPeer = new(Peer, Own, BfdSettings.FullHopLimit, IsMultihop: false);

    public static BfdSettings Settings(string name = "peer") => new()
    {
        Name = name,
        Neighbor = Peer,
        MinRx = TimeSpan.FromMilliseconds(50),
        MinTx = TimeSpan.FromMilliseconds(40),
        DetectMultiplier = 3,
    };

    public static BfdControl Control(BfdState state, uint your = 0) => new()
    {
        State = state,
        DetectMultiplier = 4,
        MyDiscriminator = 0x0a0b0c0d,
        YourDiscriminator = your,
        DesiredMinTxMicroseconds = 60_000,
        RequiredMinRxMicroseconds = 70_000,
    };

    public static byte[] Bytes(in BfdControl control)
    {
        var bytes = new byte[BfdHeader.Size];
        control.WriteTo(bytes);
        return bytes;
    }
}
