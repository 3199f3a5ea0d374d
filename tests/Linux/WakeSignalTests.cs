using Director.Linux;
using Tmds.Linux;

namespace Director.Tests.Linux;

/// <summary>The eventfd by which one thread ends another's wait.</summary>
public sealed unsafe class WakeSignalTests
{
    [Fact]
    public void It_is_readable_from_the_first_signal_to_the_reset()
    {
        using var wake = new WakeSignal();
        Assert.False(IsReadable(wake));
        wake.Signal();
        wake.Signal();
        Assert.True(IsReadable(wake));
        Assert.True(IsReadable(wake));
        wake.Reset();
        Assert.False(IsReadable(wake));
    }

    [Fact]
    public void A_reset_without_a_signal_does_not_block()
    {
        using var wake = new WakeSignal();
        wake.Reset();
        wake.Signal();
        Assert.True(IsReadable(wake));
    }

    private static bool IsReadable(WakeSignal wake)
    {
        var poll = new pollfd { fd = wake.Handle, events = LibC.POLLIN };
        return LibC.poll(&poll, 1, 0) == 1;
    }
}
