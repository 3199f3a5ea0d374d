using Director.Perf.Traffic;

namespace Director.Tests.Perf.Traffic;

public sealed class FlowNumberTests
{
    [Fact]
    public void Every_flow_has_a_client_of_its_own() =>
        Assert.Equal(1 << 18, Enumerable.Range(0, 1 << 18).Select(FlowNumber.ClientOf).Distinct().Count());

    [Theory]
    [InlineData(0, "10.128.0.0", 0x4000)]
    [InlineData(0x01_0203, "10.128.3.2", 0x4001)]
    [InlineData(FlowNumber.Most - 1, "10.128.255.255", 0x7fff)]
    public void The_low_bits_stand_in_the_address_and_the_high_ones_in_the_port(int flow, string address, ushort port)
    {
        var client = FlowNumber.ClientOf(flow);
        Assert.Equal((address, port), (client.Address.ToString(), client.Port));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void A_round_comes_by_each_flow_once(int flows)
    {
        var stride = FlowNumber.StrideOf(flows);
        var seen = new HashSet<int>();
        for (int flow = 0, step = 0; step < flows; step++, flow = (flow + stride) % flows) Assert.True(seen.Add(flow));
    }
}
