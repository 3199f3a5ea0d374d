namespace Director.Hosting;

/// <summary>Names of counters as the status document has them.</summary>
internal static class CounterName
{
    /// <summary>The name of an enumeration's value, its first letter small.</summary>
    public static string Of<T>(T counter)
        where T : struct, Enum
    {
        var name = counter.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
