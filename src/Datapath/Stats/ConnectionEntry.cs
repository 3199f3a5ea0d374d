using Director.Datapath.Tracking;
using Director.Net;

namespace Director.Datapath.Stats;

/// <summary>A connection, or a persistence template, as a list shows it.</summary>
/// <param name="Service">The service that its server belongs to.</param>
/// <param name="Client">Who it is from; of a template the masked address and port 0.</param>
/// <param name="Virtual">Where it was sent to.</param>
/// <param name="Server">Where it goes; port 0 of a template whose service has every port.</param>
/// <param name="StateName">Its state by the kernel's name; of a template ASSURED or NONE.</param>
/// <param name="IsTemplate">Whether it is a template.</param>
/// <param name="Expires">How long it lasts if no packet comes; not below zero.</param>
/// <param name="IsOffloaded">Whether the XDP program forwards it.</param>
public readonly record struct ConnectionEntry(
    ServiceKey Service, Endpoint Client, Endpoint Virtual, Endpoint Server, string StateName, bool IsTemplate, TimeSpan Expires,
    bool IsOffloaded = false)
{
    /// <summary>The name of a state (Linux net/netfilter/ipvs/ip_vs_proto_tcp.c, ip_vs_proto_udp.c).</summary>
    public static string NameOf(ConnectionState state) => state switch
    {
        ConnectionState.None => "NONE",
        ConnectionState.Established => "ESTABLISHED",
        ConnectionState.SynSent => "SYN_SENT",
        ConnectionState.SynReceived => "SYN_RECV",
        ConnectionState.FinWait => "FIN_WAIT",
        ConnectionState.TimeWait => "TIME_WAIT",
        ConnectionState.Close => "CLOSE",
        ConnectionState.CloseWait => "CLOSE_WAIT",
        ConnectionState.LastAck => "LAST_ACK",
        ConnectionState.Listen => "LISTEN",
        ConnectionState.SynAck => "SYNACK",
        _ => "UDP",
    };
}
