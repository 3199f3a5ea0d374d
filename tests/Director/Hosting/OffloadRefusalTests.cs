using Director.Hosting;
using Director.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Director.Tests.Hosting;

/// <summary>Where nothing can be offloaded there is nothing shared with the program, and the status says why.</summary>
public sealed class OffloadRefusalTests
{
    [Fact]
    public void What_the_settings_or_the_mode_rule_out()
    {
        AssertOff(DatapathMode.Xdp, new() { Offload = OffloadMode.Off }, "Datapath:Offload is off");
        AssertOff(DatapathMode.Packet, new(), "only native XDP forwards by itself");
        AssertOff(DatapathMode.XdpGeneric, new() { Offload = OffloadMode.On }, "only native XDP forwards by itself");
    }

    [KernelFact]
    public Task A_map_or_a_program_that_the_kernel_refuses() => Task.Factory.StartNew(
        () =>
        {
            ThreadCapabilities.Drop();
            AssertOff(DatapathMode.Xdp, new(), "bpf(");
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void AssertOff(DatapathMode mode, DatapathSettings settings, string why)
    {
        using var offload = Offload.Create(mode, settings, NullLogger.Instance);
        Assert.Null(offload.Maps);
        Assert.Null(offload.Table);
        offload.Start([]);
        offload.Look([]);
        offload.Renew([]);
        var status = offload.Status(0);
        Assert.Equal("off", status.State);
        Assert.Contains(why, status.Why, StringComparison.Ordinal);
    }
}
