using System.Runtime.CompilerServices;
using Director.Datapath;
using Director.Datapath.Offload;
using Director.Datapath.Tables;

namespace Director.Tests.Datapath.Offload;

public sealed class FlowLayoutTests
{
    [Fact]
    public void The_tail_ends_within_its_slot()
    {
        Assert.Equal(FlowLayout.TailSize, Unsafe.SizeOf<FlowTail>());
        Assert.Equal(FlowLayout.SlotSizeV4, FlowLayout.TailAtV4 + FlowLayout.TailSize);
        Assert.InRange(FlowLayout.TailAtV6 + FlowLayout.TailSize, 0, FlowLayout.SlotSizeV6);
    }

    [Fact]
    public void Every_server_has_a_gate() => Assert.InRange(DatapathLimits.MaxRealServers, 1, FlowLayout.Gates - 1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(24)]
    public void A_table_has_a_power_of_two_windows(int capacity)
    {
        Assert.Throws<ArgumentException>(() => FlowTableMemory.Allocate(capacity, 8));
        Assert.Throws<ArgumentException>(() => FlowTableMemory.Allocate(8, capacity));
    }
}
