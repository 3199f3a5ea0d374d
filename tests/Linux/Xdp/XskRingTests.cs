using Director.Linux.Xdp;

namespace Director.Tests.Linux.Xdp;

public sealed class XskRingTests
{
    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue - 2)]
    public void What_goes_in_comes_out_in_order_also_where_the_indices_wrap(uint start)
    {
        using var ring = new FakeRing<ulong>(4, start);
        var (producer, consumer) = (new ProducerRing<ulong>(ring.Memory), new ConsumerRing<ulong>(ring.Memory));
        ulong next = 0, expected = 0;
        for (var round = 0; round < 10; round++)
        {
            Assert.Equal(4, producer.Room(4));
            for (var i = 0; i < 3; i++) producer.Write(next++);
            Assert.Equal(0, consumer.Available(8));
            producer.Publish();
            Assert.Equal(2, consumer.Available(2));
            Assert.Equal(3, consumer.Available(8));
            for (var i = 0; i < 3; i++) Assert.Equal(expected++, consumer.Read());
            Assert.Equal(3, producer.Untaken);
            consumer.Release();
            Assert.Equal(0, producer.Untaken);
        }
    }

    [Fact]
    public void A_full_ring_has_no_room_until_entries_are_given_back()
    {
        using var ring = new FakeRing<ulong>(4);
        var (producer, consumer) = (new ProducerRing<ulong>(ring.Memory), new ConsumerRing<ulong>(ring.Memory));
        for (var i = 0ul; i < 4; i++) producer.Write(i);
        producer.Publish();
        Assert.Equal(0, producer.Room(1));
        Assert.Equal(4, consumer.Available(4));
        consumer.Read();
        Assert.Equal(0, producer.Room(1));
        consumer.Release();
        Assert.Equal(1, producer.Room(1));
    }

    [Fact]
    public unsafe void An_index_that_cannot_be_is_not_believed()
    {
        using var ring = new FakeRing<ulong>(4);
        var (producer, consumer) = (new ProducerRing<ulong>(ring.Memory), new ConsumerRing<ulong>(ring.Memory));
        *ring.Memory.ProducerIndex = 5;
        Assert.Equal(0, consumer.Available(4));
        Assert.Equal(1ul, consumer.Inconsistencies);
        *ring.Memory.ProducerIndex = 2;
        Assert.Equal(2, consumer.Available(4));
        *ring.Memory.ConsumerIndex = 77;
        for (var i = 0ul; i < 4; i++) producer.Write(i);
        Assert.Equal(0, producer.Room(1));
    }

    [Fact]
    public void The_wish_to_be_woken_is_seen()
    {
        using var ring = new FakeRing<ulong>(4);
        var producer = new ProducerRing<ulong>(ring.Memory);
        Assert.False(producer.NeedsWakeup);
        ring.NeedsWakeup = true;
        Assert.True(producer.NeedsWakeup);
    }

    [Fact]
    public void Only_powers_of_two_are_rings()
    {
        using var ring = new FakeRing<ulong>(4);
        var odd = ring.Memory with { Size = 3 };
        Assert.Throws<ArgumentException>(() => new ProducerRing<ulong>(odd));
        Assert.Throws<ArgumentException>(() => new ConsumerRing<ulong>(odd));
    }
}
