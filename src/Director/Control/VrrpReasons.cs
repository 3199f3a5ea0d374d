using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Control;

/// <summary>What the VRRP process tells, in words and names for people. Pure.</summary>
internal static class VrrpReasons
{
    /// <summary>Why a router, which advertises by <paramref name="device"/>, stands where it stands.</summary>
    public static string Text(VrrpStateReport report, string device) => report.State == VrrpState.Fault
        ? VrrpLines.Of(report.Faults, device)
        : report.Reason switch
        {
            TransitionReason.Startup => "started",
            TransitionReason.Shutdown => "stopped",
            TransitionReason.MasterSilent => "no advertisement from a master",
            TransitionReason.MasterResigned => "the master resigned",
            TransitionReason.Preempting => "the master has a lower priority",
            TransitionReason.Outranked => "another master ranks higher",
            TransitionReason.Fault => "a fault",
            TransitionReason.Recovery => "the fault is gone",
            TransitionReason.AddressLost => "an address was removed by somebody else",
            TransitionReason.MemberYielded => "another member of the sync group yielded",
            TransitionReason.Paused => "held up while another router took over",
            _ => report.Reason.ToString(),
        };

    /// <summary>The counters by name; rejections only by those reasons that occurred.</summary>
    public static IReadOnlyDictionary<string, long> Text(VrrpCounters counters)
    {
        var named = new Dictionary<string, long>
        {
            ["becomeMaster"] = counters.BecomeMaster,
            ["releaseMaster"] = counters.ReleaseMaster,
            ["advertisementsReceived"] = counters.AdvertisementsReceived,
            ["advertisementsSent"] = counters.AdvertisementsSent,
            ["sendFailures"] = counters.SendFailures,
            ["priorityZeroReceived"] = counters.PriorityZeroReceived,
            ["priorityZeroSent"] = counters.PriorityZeroSent,
            ["intervalsDiffering"] = counters.IntervalsDiffering,
            ["checksumFormsDiffering"] = counters.ChecksumFormsDiffering,
            ["addressListsDiffering"] = counters.AddressListsDiffering,
            ["rivalAdvertisements"] = counters.RivalAdvertisements,
            ["announcementsSent"] = counters.AnnouncementsSent,
            ["answersSuppressed"] = counters.AnswersSuppressed,
            ["ticksSkipped"] = counters.TicksSkipped,
            ["maxAdvertLatenessMicroseconds"] = (long)counters.MaxAdvertLateness.TotalMicroseconds,
        };
        var lateness = counters.AdvertLateness;
        var bounds = LatenessHistogram.Bounds;
        for (var bucket = 0; bucket < bounds.Count; bucket++) named["advertsLateUpTo" + bounds[bucket].Name] = lateness[bucket];
        named["advertsLateBeyond" + bounds[^1].Name] = lateness[bounds.Count];
        foreach (var (name, count) in Rejections(counters)) named[name] = count;
        return named;
    }

    /// <summary>What was rejected, by those reasons that occurred.</summary>
    public static IReadOnlyDictionary<string, long> Rejections(VrrpCounters counters)
    {
        var named = new Dictionary<string, long>();
        foreach (var reason in Enum.GetValues<AdvertisementRejection>())
        {
            var name = reason.ToString();
            if (counters.Rejected(reason) > 0) named["rejected" + name] = counters.Rejected(reason);
        }

        return named;
    }

    /// <summary>RFC 6527's name of why a router became master, such as <c>masterNoResponse</c>.</summary>
    public static string Text(MasterReason reason) => CamelCase(reason.ToString());

    /// <summary>RFC 6527's name of what was wrong with a datagram, such as <c>ipTtlError</c>.</summary>
    public static string Text(ProtocolError error) => CamelCase(error.ToString());

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
