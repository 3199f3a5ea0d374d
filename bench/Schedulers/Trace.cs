using System.Globalization;

namespace Director.Bench.Schedulers;

/// <summary>Connections in the order in which they begin, synthetic from a seed or recorded.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Arrivals">The connections.</param>
internal sealed record Trace(string Name, IReadOnlyList<Arrival> Arrivals)
{
    /// <summary>Connections of a synthetic trace, per second of it, and clients that they are drawn from.</summary>
    private const int Count = 100_000, PerSecond = 1000, Clients = 10_000;

    /// <summary>Mean seconds that a connection lasts: about a thousand at once.</summary>
    private const double MeanSeconds = 1;

    /// <summary>The tail of long durations: of Pareto's distributions one with a mean but without a variance.</summary>
    private const double ParetoShape = 1.5;

    /// <summary>The synthetic ones.</summary>
    public static IEnumerable<Trace> Synthetic(int seed)
    {
        yield return Poisson("exponential", new(seed), random => Exponential(random, MeanSeconds));
        yield return Poisson("Pareto", new(seed), Pareto);
        yield return Bursts(new(seed));
        yield return Browsers(new(seed));
    }

    /// <summary>
    /// Reads a recorded one: a connection a line, <c>SECONDS CLIENT DURATION</c>, such as nginx logs with
    /// <c>$msec $remote_addr $request_time</c>, in any order. Empty lines and those that begin with <c>#</c> say nothing.
    /// </summary>
    /// <exception cref="FormatException">A line is none of these; the message says which.</exception>
    public static Trace Read(string path)
    {
        var clients = new Dictionary<string, int>(StringComparer.Ordinal);
        var arrivals = new List<Arrival>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 3 || !TryRead(words[0], out var at) || !TryRead(words[2], out var seconds))
                throw new FormatException($"{path}:{number}: 'SECONDS CLIENT DURATION' is expected");
            if (!clients.TryGetValue(words[1], out var client)) clients.Add(words[1], client = clients.Count);
            arrivals.Add(new(at, client, seconds));
        }

        if (arrivals.Count == 0) throw new FormatException($"{path}: no connection stands there");
        var first = arrivals.Min(arrival => arrival.At);
        var moved = arrivals.Select(arrival => arrival with { At = arrival.At - first }).OrderBy(arrival => arrival.At);
        return new(Path.GetFileName(path), [.. moved]);

        static bool TryRead(string word, out double value) =>
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= 0 && double.IsFinite(value);
    }

    private static Trace Poisson(string name, Random random, Func<Random, double> seconds)
    {
        var at = 0d;
        return new(name, [.. Enumerable.Range(0, Count).Select(_ =>
        {
            at += Exponential(random, 1d / PerSecond);
            return new Arrival(at, random.Next(Clients), seconds(random));
        })]);
    }

    /// <summary>Every second's connections in its first twentieth, one second in ten ten times as many.</summary>
    private static Trace Bursts(Random random)
    {
        var arrivals = new List<Arrival>(Count);
        for (var second = 0; arrivals.Count < Count; second++)
        {
            var many = second % 10 == 9 ? PerSecond * 5 : PerSecond / 2;
            arrivals.AddRange(Enumerable.Range(0, many).Select(_ => second + (random.NextDouble() / 20)).Order()
                .Select(at => new Arrival(at, random.Next(Clients), Exponential(random, MeanSeconds))));
        }

        return new("bursts", [.. arrivals.Take(Count)]);
    }

    /// <summary>
    /// Visits, derived from how browsers go about it, not recorded: a client opens one connection for a page, up to five more for what is
    /// on it within a quarter of a second, and keeps all of them for as long as it reads on.
    /// </summary>
    private static Trace Browsers(Random random)
    {
        var arrivals = new List<Arrival>(Count);
        for (var at = 0d; arrivals.Count < Count; at += Exponential(random, 3.5 / PerSecond))
        {
            var (client, until) = (random.Next(Clients), at + 0.3 + Pareto(random));
            arrivals.Add(new(at, client, until - at));
            for (var more = random.Next(6); more > 0; more--)
            {
                var later = at + 0.05 + (random.NextDouble() / 5);
                arrivals.Add(new(later, client, until - later));
            }
        }

        return new("browsers", [.. arrivals.OrderBy(arrival => arrival.At).Take(Count)]);
    }

    private static double Exponential(Random random, double mean) => -Math.Log(1 - random.NextDouble()) * mean;

    private static double Pareto(Random random) =>
        MeanSeconds * (ParetoShape - 1) / ParetoShape * Math.Pow(1 - random.NextDouble(), -1 / ParetoShape);
}
