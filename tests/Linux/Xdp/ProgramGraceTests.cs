using System.Diagnostics;
using Director.Linux.Xdp;
using Director.Tests.Support;

namespace Director.Tests.Linux.Xdp;

[Collection("kernel")]
public sealed class ProgramGraceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [KernelFact]
    public void Each_period_passes_after_it_was_asked_for_and_with_it_all_before()
    {
        using var grace = ProgramGrace.Create();
        Assert.False(grace.HasPassed(1));
        for (var round = 0; round < 3; round++)
        {
            var first = grace.Request();
            var second = grace.Request();
            Assert.True(second > first);
            Assert.True(Passes(grace, second));
            Assert.True(grace.HasPassed(first));
            Assert.False(grace.HasPassed(second + 1));
        }
    }

    [KernelFact]
    public void It_ends_with_a_period_under_way()
    {
        var grace = ProgramGrace.Create();
        grace.Request();
        grace.Dispose();
    }

    private static bool Passes(ProgramGrace grace, long number)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; Thread.Sleep(1))
            if (grace.HasPassed(number)) return true;
        return false;
    }
}
