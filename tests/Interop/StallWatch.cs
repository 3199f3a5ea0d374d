using Director.Linux;
using Director.Linux.Vrrp;

namespace Director.Tests.Interop;

/// <summary>
/// How long this machine keeps threads of real-time priority, as all measured programs have it, from running: one on each processor wakes
/// all the time and notes when it was late. What a program does too late may be the machine's doing for that long, and no longer.
/// </summary>
internal sealed class StallWatch
{
    private const int Priority = 50;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);
    private static readonly Lazy<StallWatch> Shared = new(() => new StallWatch());

    private readonly Lock _gate = new();
    private readonly List<(DateTime At, TimeSpan Length)> _stalls = [];

    private StallWatch()
    {
        for (var processor = 0; processor < Environment.ProcessorCount; processor++)
        {
            var number = processor;
            new Thread(() => Watch(number)) { IsBackground = true, Name = $"stalls {number}" }.Start();
        }
    }

    /// <summary>The one of this process; runs from the first question on.</summary>
    public static StallWatch Instance => Shared.Value;

    /// <summary>The longest time for which it was kept from running, between these instants.</summary>
    public TimeSpan Longest(DateTime from, DateTime to)
    {
        lock (_gate)
        {
            return _stalls.Where(stall => stall.At >= from && stall.At - stall.Length <= to)
                .Select(stall => stall.Length).DefaultIfEmpty().Max();
        }
    }

    private void Watch(int processor)
    {
        ThreadPinning.PinCurrentThread(processor);
        _ = RealTime.TryEnter(Priority);
        for (var due = MonotonicClock.Instance.Now; ;)
        {
            due += Period;
            Thread.Sleep(Period);
            var late = MonotonicClock.Instance.Now - due;
            if (late < Period) continue;
            lock (_gate) _stalls.Add((DateTime.UtcNow, late));
            due = MonotonicClock.Instance.Now;
        }
    }
}
