using Director.Datapath.Ports;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>What became of a frame.</summary>
internal sealed record Sent(Verdict Verdict, ushort Egress, byte[] Frame)
{
    public EthernetHeader Ethernet =>
        EthernetHeader.TryRead(Frame, out var header) ? header : throw new InvalidOperationException("no Ethernet header");

    public Ipv6Header IpV6 =>
        Ipv6Header.TryRead(Frame.AsSpan(14), out var header) ? header : throw new InvalidOperationException("no IPv6 header");

    public Ipv4Header Ip =>
        Ipv4Header.TryRead(Frame.AsSpan(14), out var header) ? header : throw new InvalidOperationException("no IPv4 header");
}
