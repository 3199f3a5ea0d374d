using Director.Config;

namespace Director.Hosting;

/// <summary>What a configuration may ask about this machine and process.</summary>
internal static class HostContext
{
    /// <summary>By the name that the command line gave, or else that of the host up to its first dot.</summary>
    public static ConfigContext Of(string? id) => new(id ?? Environment.MachineName.Split('.')[0])
    {
        WorkingDirectory = Environment.CurrentDirectory,
        EnvironmentVariable = Environment.GetEnvironmentVariable,
    };
}
