using Director.Config;
using Director.VrrpProcess;

namespace Director.Control;

/// <summary>All that a configuration asks of the VRRP process. Pure.</summary>
internal static class VrrpPlan
{
    /// <summary>Without what the datapath adds: static addresses, maps and links.</summary>
    public static VrrpProcessSettings From(DirectorConfig config) => new()
    {
        Host = VrrpSettings.HostOf(config),
        Instances = VrrpSettings.From(config),
        SyncGroups = VrrpSettings.GroupsFrom(config),
        BfdSessions = BfdPlan.From(config),
        Scheduling = From(config.Globals.VrrpProcess),
    };

    private static SchedulingSettings From(ProcessConfig process) =>
        new((byte)(process.RealTimePriority ?? SchedulingSettings.Default.RealTimePriority), process.Nice)
        {
            Processors = process.Processors,
        };
}
