using Director.Config;

namespace Director.Reloading;

/// <summary>
/// Makes a configuration share with the one in force what means the same, so that a reload costs what it changes: every later stage knows
/// a virtual server that is the same object. Its place in the file is then that of the reload that last changed it. Pure.
/// </summary>
internal static class ConfigReuse
{
    /// <summary><paramref name="after"/>, with the virtual servers of <paramref name="before"/> that are the same.</summary>
    public static DirectorConfig Share(DirectorConfig before, DirectorConfig after)
    {
        var known = before.VirtualServers.ToDictionary(service => service.Key);
        return after with
        {
            VirtualServers =
            [
                .. after.VirtualServers.Select(service =>
                    known.TryGetValue(service.Key, out var same) && ModelEquality.AreSame(same, service) ? same : service),
            ],
        };
    }
}
