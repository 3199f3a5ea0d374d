using System.Collections.Immutable;

namespace Director.Datapath.Tables;

/// <summary>The numbers of real servers: from 1 up, the lowest free one first. Immutable.</summary>
/// <param name="Highest">The highest that was ever taken.</param>
/// <param name="Free">Those below it that are nobody's now.</param>
internal sealed record ServerNumbers(int Highest, ImmutableSortedSet<int> Free)
{
    /// <summary>None taken.</summary>
    public static ServerNumbers None { get; } = new(0, []);

    /// <summary>Takes a number; <paramref name="rest"/> is what there is without it.</summary>
    /// <exception cref="ArgumentException">All <see cref="DatapathLimits.MaxRealServers"/> are taken.</exception>
    public int Take(out ServerNumbers rest)
    {
        if (Free.Count > 0)
        {
            rest = this with { Free = Free.Remove(Free.Min) };
            return Free.Min;
        }

        if (Highest == DatapathLimits.MaxRealServers)
            throw new ArgumentException($"more than {DatapathLimits.MaxRealServers} real servers, removed ones in use included");
        rest = this with { Highest = Highest + 1 };
        return Highest + 1;
    }

    /// <summary>The same with <paramref name="number"/> free again.</summary>
    public ServerNumbers Return(int number) => this with { Free = Free.Add(number) };
}
