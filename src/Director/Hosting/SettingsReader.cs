using Microsoft.Extensions.Configuration;

namespace Director.Hosting;

/// <summary>Reads <see cref="DirectorSettings"/> by the usual .NET configuration, and refuses what it does not know.</summary>
internal static class SettingsReader
{
    /// <summary>Where the file is unless <c>--settings</c> says otherwise; there it need not exist.</summary>
    public const string DefaultFile = "/etc/director/director.json";

    /// <summary>
    /// The settings, or what is wrong with them, a sentence each. <paramref name="file"/> null is <see cref="DefaultFile"/>, if it is
    /// there; <paramref name="assignments"/> are the <c>Key=Value</c> of the command line.
    /// </summary>
    public static (DirectorSettings? Settings, IReadOnlyList<string> Errors) Read(string? file, IReadOnlyList<string> assignments)
    {
        var errors = new List<string>();
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var assignment in assignments)
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) overrides[assignment[..equals].Trim()] = assignment[(equals + 1)..].Trim();
            else errors.Add($"--set {assignment}: write Key=Value, such as Datapath:Mode=xdp-generic");
        }

        try
        {
            var configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(file ?? DefaultFile), optional: file is null)
                .AddInMemoryCollection(FromEnvironment())
                .AddInMemoryCollection(overrides)
                .Build();
            var spelled = new ConfigurationBuilder().AddInMemoryCollection(configuration.AsEnumerable().Select(WithEnumSpelling)).Build();
            errors.AddRange(SettingsCheck.Problems(spelled));
            if (errors.Count > 0) return (null, errors);
            var settings = new DirectorSettings();
            spelled.Bind(settings);
            errors.AddRange(settings.Validate());
            return errors.Count == 0 ? (settings, []) : (null, errors);
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidDataException or IOException or FormatException)
        {
            var cause = exception.InnerException is null ? "" : ": " + exception.InnerException.Message;
            return (null, [.. errors, exception.Message + cause]);
        }
    }

    /// <summary>
    /// <c>DIRECTOR_Datapath__Mode</c> and the like. Variables without a section are somebody else's, such as the tests' own.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment() => new ConfigurationBuilder()
        .AddEnvironmentVariables("DIRECTOR_")
        .Build()
        .AsEnumerable()
        .Where(entry => entry.Key.Contains(':', StringComparison.Ordinal));

    /// <summary>Values are written as the log and <c>status</c> write them (<c>xdp-generic</c>); names in code have no hyphen.</summary>
    private static KeyValuePair<string, string?> WithEnumSpelling(KeyValuePair<string, string?> entry) =>
        entry.Key.Equals("Datapath:Mode", StringComparison.OrdinalIgnoreCase)
            || entry.Key.Equals("Mail:Security", StringComparison.OrdinalIgnoreCase)
            ? new(entry.Key, entry.Value?.Replace("-", "", StringComparison.Ordinal))
            : entry;
}
