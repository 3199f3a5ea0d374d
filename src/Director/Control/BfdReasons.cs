using Director.Bfd;

namespace Director.Control;

/// <summary>BFD's states and counters in words. Pure.</summary>
internal static class BfdReasons
{
    /// <summary>Why a session is not up; empty if it is or never was.</summary>
    public static string Text(BfdState state, BfdDiagnostic diagnostic) => (state, diagnostic) switch
    {
        (BfdState.Up, _) => "",
        (_, BfdDiagnostic.None) => "the neighbour was not heard yet",
        (_, BfdDiagnostic.DetectionTimeExpired) => "nothing heard for the detection time",
        (_, BfdDiagnostic.NeighborSignaledDown) => "the neighbour says so",
        _ => diagnostic.ToString(),
    };

    /// <summary>The counters by name; rejections only by those reasons that occurred.</summary>
    public static IReadOnlyDictionary<string, long> Text(BfdCounters counters)
    {
        var named = new Dictionary<string, long>
        {
            ["wentUp"] = counters.WentUp,
            ["wentDown"] = counters.WentDown,
            ["packetsReceived"] = counters.PacketsReceived,
            ["packetsSent"] = counters.PacketsSent,
            ["sendFailures"] = counters.SendFailures,
            ["maxLatenessMicroseconds"] = (long)counters.MaxLateness.TotalMicroseconds,
        };
        foreach (var reason in Enum.GetValues<BfdRejection>())
            if (counters.Rejected(reason) > 0) named["rejected" + reason] = counters.Rejected(reason);
        return named;
    }
}
