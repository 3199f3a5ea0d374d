using Director.Lab;

namespace Director.Tests.Lab;

/// <summary>The director's own executable, which the build puts beside the tests.</summary>
internal static class DirectorProgram
{
    public static IReadOnlyList<string> Command { get; } = [Path.Combine(AppContext.BaseDirectory, "director")];

    /// <summary>Options of a lab whose story goes to <paramref name="output"/>.</summary>
    public static LabOptions Options(TextWriter output) => new() { Self = Command, Output = output, Interactive = false };
}
