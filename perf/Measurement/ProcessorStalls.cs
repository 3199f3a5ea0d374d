using System.Diagnostics;
using Director.Linux;
using Director.Linux.Vrrp;
using HdrHistogram;

namespace Director.Perf.Measurement;

/// <summary>
/// How long a processor stands still by itself: what a thread that comes before all ordinary ones and only reads the clock sees of a
/// hypervisor, of interrupts and of a kernel that lets nobody in between. No packet can be faster than that on a thread of its own, while
/// what the kernel forwards stands still together with the generator and does not see it.
/// </summary>
internal static class ProcessorStalls
{
    private const int Priority = 1;
    private const long Microsecond = 1_000; // of the stopwatch's ticks, which on Linux are nanoseconds
    private const long Longest = 1_000_000_000;
    private const int Digits = 3;

    // With a tenth of the time for others the kernel has no reason to take more for them (sched_rt_runtime_us, the fair server).
    private const long LongestRun = 10_000 * Microsecond;

    /// <summary>Looks at <paramref name="processor"/> for so many windows; null if real-time scheduling is not allowed.</summary>
    public static LatencyFigures? Measure(int processor, int windows, TimeSpan length, CancellationToken stop)
    {
        var seen = new List<LatencyFigures>();
        var thread = new Thread(() =>
        {
            ThreadPinning.PinCurrentThread(processor);
            if (RealTime.TryEnter(Priority) is not null) return;
            while (seen.Count < windows && !stop.IsCancellationRequested) seen.Add(Window(length));
        });
        thread.Start();
        thread.Join();
        return LatencyFigures.Middle(seen);
    }

    // A packet each microsecond that would have been seen at the next look.
    private static LatencyFigures Window(TimeSpan length)
    {
        var histogram = new LongHistogram(Longest, Digits);
        var (end, quiet) = (Stopwatch.GetTimestamp() + length.Ticks * TimeSpan.NanosecondsPerTick, 0L);
        while (Stopwatch.GetTimestamp() < end)
        {
            var (begun, last) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
            while (last - begun < LongestRun)
            {
                var now = Stopwatch.GetTimestamp();
                if (now - last < Microsecond) quiet += now - last;
                else histogram.RecordValueWithExpectedInterval(Math.Min(now - last, Longest), Microsecond);
                last = now;
            }

            Thread.Sleep(1);
        }

        histogram.RecordValueWithCount(1, quiet / Microsecond);
        return LatencyFigures.Of(histogram);
    }
}
