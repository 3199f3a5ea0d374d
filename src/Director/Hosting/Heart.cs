namespace Director.Hosting;

/// <summary>
/// Beats, at once and then once in each period, on a thread of its own, so that it does not wait for one of the pool when those are busy.
/// </summary>
internal sealed class Heart : IDisposable
{
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    /// <summary>A heart that beats until it is disposed.</summary>
    public Heart(Action beat, TimeSpan period)
    {
        _thread = new Thread(() =>
        {
            do beat();
            while (!_stop.Wait(period));
        })
        {
            IsBackground = true,
            Name = "heart",
        };
        _thread.Start();
    }

    /// <summary>Beats no more once this returns.</summary>
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }
}
