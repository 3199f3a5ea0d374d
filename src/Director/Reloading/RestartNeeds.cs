using Director.Config;
using Director.Control;

namespace Director.Reloading;

/// <summary>
/// What is settled at the start and a reload cannot change: a configuration that needs it otherwise is refused, as half of it in force
/// would serve nobody.
/// </summary>
internal static class RestartNeeds
{
    /// <summary>A sentence for each; none if a reload will do.</summary>
    public static IEnumerable<string> Of(DirectorConfig before, DirectorConfig after, DatapathPlacement placement, IForwarding forwarding)
    {
        if (before.Globals.NetworkNamespace != after.Globals.NetworkNamespace)
            yield return "error: net_namespace is settled at the start: restart the director in the other network namespace";
        if (forwarding is NoForwarding { IsWanted: false }) yield break;
        if (forwarding is NoForwarding)
        {
            if (after.VirtualServers.Count > 0 && (before.VirtualServers.Count == 0 || placement.Devices.Count > 0))
                yield return "error: the datapath has not been started, as there was nothing for it to serve: restart the director";
            yield break;
        }

        foreach (var device in placement.Devices)
        {
            if (forwarding.Devices.All(attached => attached.LinkIndex != device.LinkIndex))
                yield return $"error: {device.Name} is not one of the devices that the datapath has stood on since the start: "
                    + "restart the director to add it";
        }
    }
}
