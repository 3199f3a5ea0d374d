using Director.Datapath.Scheduling;
using Director.Net;

namespace Director.Tests.Datapath;

/// <summary>Values of the kernel's functions (Debian 6.1.192, ip_vs_sh, ip_vs_dh, ip_vs_mh), for clients with port 0 and 1234.</summary>
public sealed class HashTests
{
    private const ulong FirstKey = 2654435761;
    private const ulong SecondKey = 2654446892;

    [Theory]
    [InlineData("0.0.0.0", 0, 0, 88)]
    [InlineData("10.0.0.2", 137, 550, 226)]
    [InlineData("192.168.1.1", 136, 547, 225)]
    [InlineData("255.255.255.255", 158, 632, 246)]
    public void The_multiplicative_hash_is_the_kernels(string address, int bits8, int bits10, int withPort)
    {
        var folded = AddressHash.Fold(IpAddress128.Parse(address));
        Assert.Equal((bits8, bits10), (AddressHash.Multiply(folded, 8), AddressHash.Multiply(folded, 10)));
        Assert.Equal(withPort, AddressHash.Multiply(unchecked(folded + 1234), 8));
    }

    [Theory]
    [InlineData("0.0.0.0", 492468162, 2495, 11)]
    [InlineData("10.0.0.2", 1104141843, 1884, 1890)]
    [InlineData("192.168.1.1", 3555833043, 2456, 61)]
    [InlineData("255.255.255.255", 583391001, 3432, 593)]
    public void SipHash_and_the_slot_are_the_kernels(string address, uint hash, int slot, int slotWithPort)
    {
        var folded = AddressHash.Fold(IpAddress128.Parse(address));
        Assert.Equal(hash, SipHash13.Of(FirstKey, folded));
        Assert.Equal((slot, slotWithPort), (Maglev.SlotOf(folded), Maglev.SlotOf(unchecked(folded + 1234))));
    }

    [Theory]
    [InlineData("0.0.0.0", 4169286463)]
    [InlineData("10.0.0.2", 3308758757)]
    public void SipHash_by_the_second_key_is_the_kernels(string address, uint hash) =>
        Assert.Equal(hash, SipHash13.Of(SecondKey, AddressHash.Fold(IpAddress128.Parse(address))));

    [Theory]
    [InlineData("10.0.0.11", 4032, 1541)]
    [InlineData("10.0.0.12", 870, 874)]
    [InlineData("10.0.0.13", 2586, 2286)]
    public void A_servers_place_and_step_in_the_table_are_the_kernels(string address, int offset, int step)
    {
        var value = AddressHash.Fold(IpAddress128.Parse(address)) + 80;
        Assert.Equal((offset, step), (Maglev.SlotOf(value), Maglev.StepOf(value)));
    }

    [Theory]
    [InlineData("::", 0u)]
    [InlineData("::1", 1u)]
    [InlineData("2001:db8::", 0x2001_0db8u)]
    [InlineData("1:2:4:8:10:20:40:80", 0x0055_00aau)]
    [InlineData("fe80::1:0:0:1", 0xfe81_0001u)]
    public void An_IPv6_address_is_folded_word_by_word(string address, uint folded) =>
        Assert.Equal(folded, AddressHash.Fold(IpAddress128.Parse(address)));
}
