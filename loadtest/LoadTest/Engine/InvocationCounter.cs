namespace Director.LoadTest.Engine;

/// <summary>Numbers the iterations of a scenario. Safe from any thread.</summary>
internal sealed class InvocationCounter
{
    private long _last = -1;

    /// <summary>The next number, from 0.</summary>
    public long Next() => Interlocked.Increment(ref _last);
}
