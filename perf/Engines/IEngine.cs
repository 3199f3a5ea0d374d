namespace Director.Perf.Engines;

/// <summary>An engine that runs; disposing of it ends it.</summary>
internal interface IEngine : IDisposable
{
    /// <summary>What is wrong with it, such as that its process has ended and what it said last; null if nothing is.</summary>
    string? Trouble { get; }

    /// <summary>Garbage collections so far; null if it has none, or does not say.</summary>
    long? Collections => null;

    /// <summary>Frames that it knows to be lost since its start, in words by place; null if none, or if it does not say.</summary>
    string? Losses => null;
}
