using System.Globalization;
using Director.Bfd;
using Director.Net;

namespace Director.VrrpProcess;

/// <summary>What BFD sessions do, in words; the first ones of a state as keepalived's users grep for them. Pure.</summary>
internal static class BfdLines
{
    /// <summary>A session is up, or is no more.</summary>
    public static string Of(BfdSession session) => session.State == BfdState.Up
        ? string.Create(CultureInfo.InvariantCulture,
            $"({session.Settings.Name}) Entering Up state: {session.Settings.Neighbor} may be silent for {Milliseconds(session)} ms")
        : $"({session.Settings.Name}) Entering {session.State} state: {session.Settings.Neighbor}, {Text(session)}";

    /// <summary>A packet was not taken.</summary>
    public static string Of(BfdSession session, BfdRejection reason, IpAddress128 source) =>
        $"({session.Settings.Name}) BFD packet from {source} not taken: {reason switch
        {
            BfdRejection.Address => $"the session is with {session.Settings.Neighbor}",
            BfdRejection.HopLimit => string.Create(CultureInfo.InvariantCulture,
                $"its hop limit is under {session.Settings.LowestHopLimit}: too many routers between"),
            BfdRejection.Authentication => "it is authenticated, which is not supported",
            _ => reason.ToString(),
        }}";

    /// <summary>Packets cannot be sent.</summary>
    public static string OfFailure(BfdSession session) => $"({session.Settings.Name}) cannot send to {session.Settings.Neighbor}";

    private static string Text(BfdSession session) => session.Diagnostic switch
    {
        BfdDiagnostic.DetectionTimeExpired => "nothing heard for the detection time",
        BfdDiagnostic.NeighborSignaledDown => session.RemoteState == BfdState.AdminDown
            ? "the neighbour's operator wants it so"
            : "the neighbour says so",
        var other => other.ToString(),
    };

    private static double Milliseconds(BfdSession session) => session.DetectionTime.TotalMilliseconds;
}
