namespace Director.Perf.Stress;

/// <summary>Many objects that live, and collections that stop every thread of the process, again and again.</summary>
internal static class HeapPressure
{
    /// <summary>From collection to collection.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private const int Objects = 400_000, ObjectBytes = 80; // and 24 of its header: 40 MB

    /// <summary>Begins, on a thread of its own; goes on to the process's end.</summary>
    public static void Begin() => new Thread(() =>
    {
        var live = new byte[Objects][];
        for (var i = 0; i < live.Length; i++) live[i] = new byte[ObjectBytes];
        while (true)
        {
            Thread.Sleep(Period);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            GC.KeepAlive(live);
        }
    })
    { IsBackground = true, Name = "heap pressure" }.Start();
}
