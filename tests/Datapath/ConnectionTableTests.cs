using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Datapath;

public sealed class ConnectionTableTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 13)]
    [InlineData(3, 200)]
    [InlineData(4, 3000)]
    public void Against_a_dictionary_it_finds_all_that_is_there_and_nothing_else(int seed, int capacity)
    {
        var random = new Random(seed);
        using var table = new ConnectionTable(capacity, (ulong)seed);
        var model = new Dictionary<ulong, (ConnectionKey Key, uint Slot)>();
        var refused = 0;
        for (var step = 0; step < 60_000; step++)
        {
            var tail = (ulong)random.Next(capacity * 2);
            var key = new ConnectionKey(0, 42, tail);
            var hash = table.HashOf(key);
            var slot = table.Find(key, hash);
            Assert.Equal(model.TryGetValue(tail, out var known) ? known.Slot : 0, slot);
            if (slot != 0)
            {
                if (random.Next(3) == 0) continue;
                table.Remove(slot);
                model.Remove(tail);
            }
            else if ((slot = table.Add(key, hash, 100, 0)) != 0)
            {
                Assert.True(model.TryAdd(tail, (key, slot)));
                Assert.True(table[slot].Key.Matches(key));
            }
            else
            {
                refused++;
            }

            Assert.Equal(model.Count, table.Count);
        }

        Assert.True(model.Count <= capacity);
        Assert.True(refused > 0, $"seed {seed}: the table was never full");
    }

    [Fact]
    public void It_fills_to_the_last_slot_and_empties_to_the_first_again_and_again()
    {
        const int capacity = 50_000;
        using var table = new ConnectionTable(capacity, 7);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < capacity; i++)
            {
                var key = new ConnectionKey(IpAddress128.FromV4((uint)i), (uint)round + 1, 1, 80);
                Assert.NotEqual(0u, table.Add(key, table.HashOf(key), (uint)(i % 1000), 0));
            }

            var extra = new ConnectionKey(IpAddress128.FromV4(uint.MaxValue), 1, 1, 80);
            Assert.Equal(0u, table.Add(extra, table.HashOf(extra), 0, 0));
            var budget = int.MaxValue;
            uint slot;
            while ((slot = table.TakeExpired(1000, ref budget)) != 0) table.Release(slot);
            Assert.Equal(0, table.Count);
        }
    }

    [Fact]
    public unsafe void A_slot_is_one_cache_line()
    {
        Assert.Equal(64, sizeof(Connection));
        using var table = new ConnectionTable(4, 1);
        fixed (Connection* slot = &table[1]) Assert.Equal(0u, (uint)slot % 64);
    }

    [Fact]
    public void Keys_that_differ_in_one_bit_hash_apart()
    {
        using var table = new ConnectionTable(1, 1);
        var hashes = new HashSet<ulong> { table.HashOf(new(1, 2, 3)) };
        for (var bit = 0; bit < 64; bit++)
        {
            Assert.True(hashes.Add(table.HashOf(new(1UL ^ 1UL << bit, 2, 3))));
            Assert.True(hashes.Add(table.HashOf(new(1, 2UL ^ 1UL << bit, 3))));
            Assert.True(hashes.Add(table.HashOf(new(1, 2, 3UL ^ 1UL << bit))));
        }

        using var other = new ConnectionTable(1, 2);
        Assert.DoesNotContain(other.HashOf(new(1, 2, 3)), hashes);
    }
}
