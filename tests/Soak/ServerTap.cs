using Director.Lab.Topology;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Linux.Xdp;

namespace Director.Tests.Soak;

/// <summary>What arrives at a server; of masqueraded services it answers everything but resets, by way of the director.</summary>
internal sealed class ServerTap(Wire wire, LabHost server, MacAddress director, MixedTraffic traffic, HashSet<long> numbers)
    : Tap(wire, server.Mac, traffic, numbers)
{
    private readonly IpAddress128[] _own = [IpAddress128.Parse(server.Address), IpAddress128.Parse(server.AddressV6)];
    private long _answered;

    /// <summary>Frames that it has sent.</summary>
    public long Answered => Volatile.Read(ref _answered);

    protected override bool IsOurs(in MixedPacket packet, out ulong flow)
    {
        flow = ServiceOf(packet) is { } service ? MixedPacket.FlowOf(packet.Source, packet.SourcePort, service.Port) : 0;
        return MixedTraffic.IsSource(packet.Source);
    }

    protected override void Took(byte[] frame, in MixedPacket packet)
    {
        if (ServiceOf(packet) is not { IsMasqueraded: true }) return;
        if (packet.Protocol == IpProtocol.Tcp && ((TcpFlags)packet.Segment[13] & TcpFlags.Rst) != 0) return;
        packet.TurnRound();
        director.WriteTo(frame);
        Own.WriteTo(frame.AsSpan(MacAddress.Size));
        Wire.Send(frame);
        Volatile.Write(ref _answered, _answered + 1);
    }

    /// <summary>By direct routing packets come for the VIP, masqueraded for the server's own address and port.</summary>
    private MixedService? ServiceOf(in MixedPacket packet)
    {
        var (to, port, protocol) = (packet.Destination, packet.DestinationPort, packet.Protocol);
        return MixedService.All.FirstOrDefault(service => service.IsV4 == to.IsV4 && service.Protocol == protocol
            && service.ServerPort == port && (service.IsMasqueraded ? _own.Contains(to) : to == IpAddress128.Parse(service.Vip)));
    }
}
