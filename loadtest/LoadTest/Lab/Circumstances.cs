using System.Globalization;
using System.Runtime.InteropServices;

namespace Director.LoadTest.Lab;

/// <summary>What a figure depends on besides the director.</summary>
internal static class Circumstances
{
    /// <summary>The machine: pairs of what and how.</summary>
    public static IReadOnlyList<(string What, string How)> OfThisMachine() =>
    [
        ("machine", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {Model()}")),
        ("kernel", Environment.OSVersion.Version.ToString()),
        ("runtime", RuntimeInformation.FrameworkDescription),
        ("date", DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
    ];

    private static string Model()
    {
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? "unknown" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
