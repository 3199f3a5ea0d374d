using System.Globalization;

namespace Director.Linux.Bpf;

/// <summary>
/// How many processors this machine can ever have. The kernel lays out per-CPU map values by it, not by those that are on.
/// </summary>
internal static class Processors
{
    private const string PossibleFile = "/sys/devices/system/cpu/possible";

    /// <summary>The number of possible processors.</summary>
    public static int Possible { get; } = Count(File.ReadAllText(PossibleFile));

    /// <summary>
    /// Counts a processor list as the kernel writes it, such as <c>0-3,8</c> (Documentation/admin-guide/cputopology.rst).
    /// </summary>
    /// <exception cref="FormatException">It is no such list.</exception>
    public static int Count(ReadOnlySpan<char> list)
    {
        var count = 0;
        foreach (var range in list.Trim().Split(','))
        {
            var part = list.Trim()[range];
            var dash = part.IndexOf('-');
            var first = int.Parse(dash < 0 ? part : part[..dash], NumberStyles.None, CultureInfo.InvariantCulture);
            var last = dash < 0 ? first : int.Parse(part[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
            if (last < first) throw new FormatException($"'{part}' is not a range of processors");
            count += last - first + 1;
        }

        return count;
    }
}
