namespace Director.Admin;

/// <summary>What the main process costs its runtime. Workers allocate nothing, so all of it is control's and the admin API's.</summary>
/// <param name="AllocatedBytes">On the managed heap since the start; frames and tables are not on it.</param>
/// <param name="HeapBytes">In use on it after the last collection.</param>
/// <param name="Collections">Garbage collections so far.</param>
/// <param name="PausedSeconds">For which they have stopped the process, workers included.</param>
internal sealed record RuntimeStatus(long AllocatedBytes, long HeapBytes, int Collections, double PausedSeconds)
{
    /// <summary>This process at this moment; any thread.</summary>
    public static RuntimeStatus Read() => new(
        GC.GetTotalAllocatedBytes(),
        GC.GetGCMemoryInfo().HeapSizeBytes,
        GC.CollectionCount(0),
        Math.Round(GC.GetTotalPauseDuration().TotalSeconds, 6));
}
