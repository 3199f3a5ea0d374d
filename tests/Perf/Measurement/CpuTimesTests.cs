using Director.Perf.Measurement;

namespace Director.Tests.Perf.Measurement;

public sealed class CpuTimesTests
{
    // user nice system idle iowait irq softirq steal guest guest_nice (proc_stat(5)); guests' time is in user already.
    private static readonly string[] Before =
        ["cpu  300 0 0 700 0 0 0 0 100 0", "cpu0 100 0 0 100 0 0 0 0 100 0", "cpu1 200 0 0 600 0 0 0 0 0 0", "intr 1 2 3"];

    private static readonly string[] After =
        ["cpu  400 0 0 800 0 0 0 0 150 0", "cpu0 150 10 20 100 0 5 10 5 150 0", "cpu1 200 0 0 660 40 0 0 0 0 0", "intr 1 2 3"];

    [Fact]
    public void What_a_processor_did_is_all_but_idling_and_waiting_for_disks() =>
        Assert.Equal([1.0, 0.0], CpuTimes.Parse(After).SharesSince(CpuTimes.Parse(Before)));

    [Fact]
    public void This_machines_processors_are_all_read() => Assert.Equal(Environment.ProcessorCount, CpuTimes.Now().All.Count);
}
