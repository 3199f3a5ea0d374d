namespace Director.Perf.Traffic;

/// <summary>Flows that follow each other by number.</summary>
/// <param name="First">The first one's number.</param>
/// <param name="Count">How many, at least 1.</param>
internal readonly record struct FlowRange(int First, int Count)
{
    /// <summary>Cuts it into so many parts, as equal as can be.</summary>
    public IEnumerable<FlowRange> Split(int parts)
    {
        for (var (part, first) = (0, First); part < parts; part++)
        {
            var end = First + (int)((long)Count * (part + 1) / parts);
            yield return new(first, end - first);
            first = end;
        }
    }
}
