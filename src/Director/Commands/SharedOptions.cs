using System.CommandLine;

namespace Director.Commands;

/// <summary>Options that several commands have, worded once.</summary>
internal static class SharedOptions
{
    public const string DefaultConfigFile = "/etc/keepalived/keepalived.conf";
    public const string DefaultRunDirectory = "/run/director";

    public static Option<string> ConfigFile() => new("--file", "-f")
    {
        Description = "The keepalived.conf",
        HelpName = "FILE",
        DefaultValueFactory = _ => DefaultConfigFile,
    };

    public static Option<string?> ConfigId() => new("--config-id", "-i")
    {
        Description = "What @ID lines and ${_INSTANCE} are about; default: the host's name up to its first dot",
        HelpName = "ID",
    };

    public static Option<string> RunDirectory() => new("--run-dir")
    {
        Description = "Where the director keeps its socket; one each, if several run on one machine",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultRunDirectory,
    };
}
