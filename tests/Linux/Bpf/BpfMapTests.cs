using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Bpf;
using Director.Tests.Support;

namespace Director.Tests.Linux.Bpf;

[Collection("kernel")]
public sealed class BpfMapTests
{
    [KernelFact]
    public void Entries_are_set_found_replaced_listed_and_removed()
    {
        using var map = BpfMap<uint, ulong>.Create(BpfMapType.Hash, "test_hash", 4);
        Assert.False(map.TryGet(1, out _));
        Assert.False(map.Remove(1));
        map.Set(1, 10);
        map.Set(2, 20);
        map.Set(1, 11);
        Assert.True(map.TryGet(1, out var value));
        Assert.Equal(11ul, value);
        Assert.Equal([1u, 2u], map.Keys().Order());
        Assert.True(map.Remove(1));
        Assert.False(map.TryGet(1, out _));
        Assert.Equal([2u], map.Keys());
    }

    [KernelFact]
    public void A_full_map_says_so_with_its_name_and_size()
    {
        using var map = BpfMap<uint, uint>.Create(BpfMapType.Hash, "test_full", 2);
        map.Set(1, 0);
        map.Set(2, 0);
        Assert.False(map.TrySet(3, 0));
        Assert.True(map.TrySet(2, 1));
        var refusal = Assert.Throws<LinuxException>(() => map.Set(3, 0));
        Assert.Equal(Errno.E2BIG, refusal.Errno);
        Assert.Contains("test_full", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("2 entries", refusal.Message, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_map_is_opened_by_descriptor_only_if_it_has_the_expected_shape()
    {
        using var map = BpfMap<uint, ulong>.Create(BpfMapType.Hash, "test_shape", 4);
        map.Set(7, 70);
        using (var again = BpfMap<uint, ulong>.FromDescriptor(FileDescriptor.DuplicateOf(map.Descriptor), BpfMapType.Hash))
        {
            Assert.True(again.TryGet(7, out var value));
            Assert.Equal(70ul, value);
            Assert.Equal(("test_shape", 4), (again.Name, again.Capacity));
        }

        using var other = FileDescriptor.DuplicateOf(map.Descriptor);
        var refusal = Assert.Throws<LinuxException>(() => BpfMap<uint, uint>.FromDescriptor(other, BpfMapType.Hash));
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Throws<LinuxException>(() => BpfMap<uint, ulong>.FromDescriptor(other, BpfMapType.Array));
    }

    [KernelFact]
    public void A_per_processor_value_has_a_part_for_each_processor()
    {
        using var map = BpfMap<uint, ulong>.Create(BpfMapType.PerCpuArray, "test_percpu", 2);
        var parts = new ulong[Processors.Possible];
        Array.Fill(parts, 5ul);
        map.GetPerCpu(1, parts);
        Assert.All(parts, part => Assert.Equal(0ul, part));
        Assert.Throws<ArgumentException>(() => map.GetPerCpu(0, []));
    }
}
