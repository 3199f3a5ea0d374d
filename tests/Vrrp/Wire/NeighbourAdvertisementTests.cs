using Director.Net;
using Director.Vrrp.Wire;

namespace Director.Tests.Vrrp.Wire;

public class NeighbourAdvertisementTests
{
    private static readonly IpAddress128 Address = IpAddress128.Parse("fe80::100");

    /// <summary>Captured from keepalived 2.2.7, on an interface that does not forward; then the same of one that does.</summary>
    [Theory]
    [InlineData(false, "8800559420000000")]
    [InlineData(true, "8800d593a0000000")]
    public void It_is_byte_for_byte_keepalived_s_whatever_the_buffer_held(bool isRouter, string message)
    {
        var frame = new byte[NeighbourAdvertisement.Size + 1];
        frame.AsSpan().Fill(0xee);
        Assert.True(MacAddress.TryParse("02:00:00:00:00:0a", out var mac));
        NeighbourAdvertisement.Write(frame, mac, Address, isRouter);
        Assert.Equal("33330000000102000000000a86dd" + "6000000000203aff" + "fe800000000000000000000000000100"
            + "ff020000000000000000000000000001" + message + "fe800000000000000000000000000100" + "020102000000000a" + "ee",
            Convert.ToHexStringLower(frame));
    }
}
