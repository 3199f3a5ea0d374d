namespace Director.Bench.Schedulers;

/// <summary>What becomes of a server half-way through a trace.</summary>
internal enum PoolChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It leaves the pool.</summary>
    Leaves,

    /// <summary>It was not there, and joins.</summary>
    Comes,
}
