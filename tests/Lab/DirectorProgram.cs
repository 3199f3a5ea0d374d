using Director.Lab;

namespace Director.Tests.Lab;

/// <summary>The director's own executable, which the build puts beside the tests.</summary>
internal static class DirectorProgram
{
    public static IReadOnlyList<string> Command { get; } = [Path.Combine(AppContext.BaseDirectory, "director")];

    /// <summary>Options of a lab whose story goes to <paramref name="output"/>, its directors with <paramref name="settings"/>.</summary>
    public static LabOptions Options(TextWriter output, params IReadOnlyList<string> settings) => new()
    {
        Self = Command,
        Output = output,
        Interactive = false,
        DirectorCommand = [.. Command, "run", "-f", "{file}", "--run-dir", "{run-dir}", .. settings.SelectMany(set => new[] { "--set", set })],
    };
}
