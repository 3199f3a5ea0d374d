namespace Director.VrrpProcess;

/// <summary>How the VRRP process is started: this program again, with other arguments.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">What comes before the verb.</param>
internal sealed record VrrpCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The verb and the option that the command line hands to <see cref="VrrpProcessEntry"/>.</summary>
    public const string Verb = "vrrp";

    /// <summary>The option that names the inherited descriptor.</summary>
    public const string ControlOption = "--control-fd";

    /// <summary>This program, also when it runs as <c>dotnet director.dll</c>.</summary>
    public static VrrpCommand OfThisProgram()
    {
        var path = Environment.ProcessPath ?? throw new InvalidOperationException("the path of this program is unknown");
        return Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? new(path, [Path.Combine(AppContext.BaseDirectory, "director.dll")])
            : new(path, []);
    }
}
