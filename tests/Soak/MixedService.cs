using Director.Lab.Topology;
using Director.Net;

namespace Director.Tests.Soak;

/// <summary>A service of the director under mixed traffic.</summary>
/// <param name="IsV4">The VIP's family.</param>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Port">Its port.</param>
/// <param name="ServerPort">The port of its servers; another one if they are masqueraded.</param>
internal sealed record MixedService(bool IsV4, IpProtocol Protocol, ushort Port, ushort ServerPort)
{
    /// <summary>TCP and UDP, of both families, by direct routing and masqueraded.</summary>
    public static IReadOnlyList<MixedService> All { get; } =
    [
        .. from isV4 in new[] { true, false }
           from service in new[]
           {
               (IpProtocol.Tcp, LabPlan.Port, LabPlan.Port), (IpProtocol.Udp, 53, 53),
               (IpProtocol.Tcp, 8080, 8081), (IpProtocol.Udp, 5300, 5301),
           }
           select new MixedService(isV4, service.Item1, (ushort)service.Item2, (ushort)service.Item3),
    ];

    /// <summary>Whether the servers' answers come back through the director.</summary>
    public bool IsMasqueraded => Port != ServerPort;

    /// <summary>Its address.</summary>
    public string Vip => IsV4 ? LabPlan.Vip : LabPlan.VipV6;
}
