using Director.Linux.Vrrp;

namespace Director.Hosting;

/// <summary>
/// Beats, at once and then again and again, on a thread of its own, so that it does not wait for one of the pool when those are busy; of
/// real-time priority where that is allowed, so that it hardly waits for a processor either.
/// </summary>
internal sealed class Heart : IDisposable
{
    // Of those of real-time priority the least: the VRRP process comes first.
    private const int Priority = 1;

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    /// <summary>A heart that beats until it is disposed; <paramref name="beat"/> says how long it rests then.</summary>
    public Heart(Func<TimeSpan> beat)
    {
        _thread = new Thread(() =>
        {
            _ = RealTime.TryEnter(Priority);
            while (!_stop.Wait(beat()))
            {
            }
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
