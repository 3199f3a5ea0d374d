using System.Buffers.Binary;
using Director.Net;

namespace Director.Tests.Net;

public sealed class ChecksumTests
{
    // The worked example of RFC 1071 §3.
    [Fact]
    public void The_sum_of_RFC_1071_is_DDF2() =>
        Assert.Equal(0xddf2, (ushort)~Checksum.Compute([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]));

    [Fact]
    public void An_odd_byte_counts_as_the_high_half_of_a_word() =>
        Assert.Equal(Checksum.Compute([0x12, 0x34, 0x56, 0x00]), Checksum.Compute([0x12, 0x34, 0x56]));

    [Fact]
    public void Data_with_its_own_checksum_sums_to_zero()
    {
        byte[] header = [0x45, 0, 0, 0x28, 0, 1, 0, 0, 0xff, 0x70, 0, 0, 10, 9, 0, 1, 0xe0, 0, 0, 0x12];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum.Compute(header));
        Assert.Equal(0, Checksum.Compute(header));
    }

    [Fact]
    public void An_incremental_update_equals_computing_anew()
    {
        var random = new Random(1624);
        var data = new byte[64];
        for (var round = 0; round < 10_000; round++)
        {
            random.NextBytes(data);
            var before = Checksum.Compute(data);
            var at = random.Next(data.Length / 2) * 2;
            var oldWord = BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(at));
            var newWord = (ushort)random.Next(0x10000);
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(at), newWord);
            Assert.Equal(Checksum.Compute(data), Checksum.Update(before, oldWord, newWord));
        }
    }
}
