using System.Globalization;
using Director.Net.Wire;

namespace Director.Config;

/// <summary>What is tracked, and what its weights can do.</summary>
internal static class TrackingRules
{
    private const int HighestPriority = VrrpPriority.Owner - 1;

    private const string Script = "vrrp_script chk {\n    script /bin/true\n}\n";
    private const string Group = "vrrp_sync_group G {\n    group {\n        VI_1\n        VI_2\n    }\n";

    private static readonly string Tracked = "track_script {\n        chk weight -60\n    }";
    private static readonly string Pair = Samples.Group(Script, Tracked) + Samples.Other("VI_2");

    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.WeightCut, Severity.Warning, "A weight takes the priority beyond what there is, or that of an owner.",
            "Priorities of routers that track are held between 1 and 254, and 255 ignores all weights: less is added or taken than is "
            + "written, perhaps nothing, and no failover follows.",
            "lower the priority of all machines so that there is room for the weights")
        {
            Example = Samples.Group(Script, "priority 250\n    track_script {\n        «chk» weight 20\n    }"),
            Corrected = Samples.Group(Script, "priority 150\n    track_script {\n        chk weight 20\n    }"),
            Check = FindCut,
        },
        new(DiagnosticCode.WeightWithNopreempt, Severity.Hint, "nopreempt takes most of its effect from a weight.",
            "A backup with nopreempt leaves a living master alone, however low a weight has made its priority. Where all machines have "
            + "it, a weight never causes a failover.",
            "leave the weight out, so that a failure is a fault; or write nopreempt on one machine only")
        {
            Example = Samples.Group(Script, "nopreempt\n    track_script {\n        «chk» weight -60\n    }"),
            Corrected = Samples.Group(Script, "nopreempt\n    track_script {\n        chk\n    }"),
            Check = FindWithNopreempt,
        },
        new(DiagnosticCode.MemberWeightIgnored, Severity.Warning, "A member of a sync group tracks with a weight of its own.",
            "Weights would let the members' priorities differ, so without sync_group_tracking_weight what is tracked with one does not "
            + "count at all; an interface counts without its weight.",
            "track it in the group, or write sync_group_tracking_weight there; or leave the weight out")
        {
            Example = Pair.Replace("chk weight", "«chk» weight", StringComparison.Ordinal) + Group + "}\n",
            Corrected = Pair + Group + "    sync_group_tracking_weight\n}\n",
            Check = FindMemberWeights,
        },
        new(DiagnosticCode.OwnInterfaceWeight, Severity.Warning, "The instance's own interface is tracked with a weight.",
            "It is tracked anyhow, and when it is down the instance is in FAULT: the weight never counts.",
            "remove the line, or write dont_track_primary")
        {
            Example = Samples.Instance("track_interface {\n        «eth0» weight -50\n    }"),
            Corrected = Samples.Instance("dont_track_primary\n    track_interface {\n        eth0 weight -50\n    }"),
            Check = context =>
                from instance in context.Config.VrrpInstances
                where !instance.Election.IgnoresOwnInterface
                from track in instance.Tracks
                where track.Kind == TrackedKind.Interface && track.Name == instance.Interface && track.Weight != 0
                select context.Say(DiagnosticCode.OwnInterfaceWeight, track.Location,
                    $"{Printable.Quote(track.Name)} is the instance's own interface: while it is down there is a fault anyhow"),
        },
        new(DiagnosticCode.ScriptTimeout, Severity.Warning, "A script may run for longer than its interval.",
            "Scripts never run twice at once: while one hangs, the next runs are put off, and its failure is known only after the timeout.",
            "write a timeout that is not above the interval")
        {
            Example = "vrrp_script chk {\n    script /bin/true\n    interval 2\n    timeout «5»\n}\n"
                + Samples.Instance("track_script {\n        chk\n    }"),
            Corrected = "vrrp_script chk {\n    script /bin/true\n    interval 5\n    timeout 5\n}\n"
                + Samples.Instance("track_script {\n        chk\n    }"),
            Check = context =>
                from script in context.Config.Scripts
                where script.Timeout > script.Interval
                select context.About(DiagnosticCode.ScriptTimeout, script.Location, "timeout", string.Create(CultureInfo.InvariantCulture,
                    $"a run may take {script.Timeout.TotalSeconds:0.###} s, the next is due after {script.Interval.TotalSeconds:0.###} s")),
        },
    ];

    private static IEnumerable<Diagnostic> FindCut(LintContext context)
    {
        foreach (var instance in context.Config.VrrpInstances)
        {
            // A file's weight is multiplied by what the file holds.
            foreach (var track in instance.Tracks.Where(track => track is { Weight: not 0, Kind: not TrackedKind.File }))
            {
                var change = track.IsReversed ? -track.Weight : track.Weight;
                if (instance.Priority == VrrpPriority.Owner)
                {
                    yield return Say(track, "priority 255 ignores all weights");
                }
                else if (instance.Priority + change is var sum && sum is > HighestPriority or < 1)
                {
                    var (end, left) = sum < 1 ? (1, instance.Priority - 1) : (HighestPriority, HighestPriority - instance.Priority);
                    yield return Say(track, string.Create(CultureInfo.InvariantCulture,
                        $"priority {instance.Priority} and weight {track.Weight} make {end}: only {left} of the {Math.Abs(change)} count"));
                }
            }
        }

        Diagnostic Say(TrackConfig track, string message) => context.Say(DiagnosticCode.WeightCut, track.Location, message);
    }

    private static IEnumerable<Diagnostic> FindWithNopreempt(LintContext context) =>
        from instance in context.Config.VrrpInstances
        where !instance.Preempt
        let track = instance.Tracks.FirstOrDefault(track => track.Weight != 0)
        where track is not null
        select context.Say(DiagnosticCode.WeightWithNopreempt, track.Location,
            $"with nopreempt {Printable.Quote(instance.Name)} leaves a master alone whose priority a weight has lowered");

    private static IEnumerable<Diagnostic> FindMemberWeights(LintContext context) =>
        from syncGroup in context.Config.SyncGroups
        where !syncGroup.AllowsMemberWeights
        from instance in context.Config.VrrpInstances
        where syncGroup.Members.Contains(instance.Name)
        from track in instance.Tracks
        where track.Weight != 0
        let counts = track.Kind == TrackedKind.Interface ? "counts without its weight" : "does not count"
        select context.Say(DiagnosticCode.MemberWeightIgnored, track.Location,
            $"{Printable.Quote(track.Name)} {counts}: {Printable.Quote(instance.Name)} is in sync group {Printable.Quote(syncGroup.Name)}",
            null, new RelatedPlace(syncGroup.Location, 0, "the group"));
}
