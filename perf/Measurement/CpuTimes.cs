using System.Globalization;

namespace Director.Perf.Measurement;

/// <summary>What each processor has done since boot, in ticks (proc_stat(5)).</summary>
/// <param name="Busy">Ticks that were not idle, by processor.</param>
/// <param name="All">All ticks, by processor.</param>
internal sealed record CpuTimes(IReadOnlyList<long> Busy, IReadOnlyList<long> All)
{
    private const int Idle = 4, IoWait = 5;
    private const int Guest = 9; // from here on: counted in user time already

    /// <summary>Reads them now.</summary>
    public static CpuTimes Now() => Parse(File.ReadLines("/proc/stat"));

    /// <summary>Reads the lines of /proc/stat.</summary>
    public static CpuTimes Parse(IEnumerable<string> lines)
    {
        var (busy, all) = (new List<long>(), new List<long>());
        foreach (var line in lines)
        {
            // The first line is all of them together: "cpu" without a number.
            if (!line.StartsWith("cpu", StringComparison.Ordinal) || line.Length < 4 || !char.IsAsciiDigit(line[3])) continue;
            var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..Guest]
                .Skip(1).Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            all.Add(ticks.Sum());
            busy.Add(ticks.Sum() - ticks[Idle - 1] - ticks[IoWait - 1]);
        }

        return new(busy, all);
    }

    /// <summary>How busy each processor was from <paramref name="before"/> to this, 0 to 1.</summary>
    public double[] SharesSince(CpuTimes before) =>
        [.. Busy.Select((busy, cpu) => (double)(busy - before.Busy[cpu]) / Math.Max(1, All[cpu] - before.All[cpu]))];
}
