using System.Globalization;

namespace Director.Tests.Soak;

/// <summary>How long the soak tests run, and from which seed: set by environment variables.</summary>
internal static class SoakLimits
{
    private const double DefaultMinutes = 10;

    /// <summary>
    /// How long mixed traffic flows, how long configurations are read, and about how long all others run together:
    /// <c>DIRECTOR_SOAK_MINUTES</c>.
    /// </summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromMinutes(
        double.TryParse(Variable("DIRECTOR_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var minutes) && minutes > 0
            ? minutes
            : DefaultMinutes);

    /// <summary>The only seed to play, to see a failure again: <c>DIRECTOR_SEED</c>. Null to draw fresh ones.</summary>
    public static int? Seed { get; } =
        int.TryParse(Variable("DIRECTOR_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : null;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
