using Director.Net;
using Director.Tests.Linux.Xdp;

namespace Director.Tests.Soak;

/// <summary>What the servers' answers have become when they arrive at the clients: the VIP's.</summary>
internal sealed class ClientTap(Wire wire, MacAddress client, MixedTraffic traffic) : Tap(wire, client, traffic, [])
{
    protected override bool IsOurs(in MixedPacket packet, out ulong flow)
    {
        var (from, port, protocol) = (packet.Source, packet.SourcePort, packet.Protocol);
        var isService = MixedService.All.Any(service =>
            service.IsMasqueraded && service.Protocol == protocol && service.Port == port && from == IpAddress128.Parse(service.Vip));
        flow = isService ? MixedPacket.FlowOf(packet.Destination, packet.DestinationPort, port) : 0;
        return MixedTraffic.IsSource(packet.Destination);
    }
}
