using Director.Linux.Xdp;

namespace Director.Tests.Linux.Xdp;

public sealed class FrameOwnershipTests
{
    [Fact]
    public void The_frame_given_back_last_is_taken_first()
    {
        var frames = new FrameOwnership(8);
        var first = frames.Take(FrameOwner.Batch);
        var second = frames.Take(FrameOwner.Batch);
        Assert.True(frames.TryFree((ulong)first, FrameOwner.Batch));
        Assert.True(frames.TryFree((ulong)second, FrameOwner.Batch));
        Assert.Equal(second, frames.Take(FrameOwner.Batch));
    }

    [Fact]
    public void A_frame_moves_only_from_who_has_it()
    {
        var frames = new FrameOwnership(2);
        var frame = (ulong)frames.Take(FrameOwner.Receive(0));
        Assert.False(frames.TryMove(frame, FrameOwner.Receive(1), FrameOwner.Batch));
        Assert.False(frames.TryMove(frame, FrameOwner.Transmit(0), FrameOwner.Batch));
        Assert.True(frames.TryMove(frame, FrameOwner.Receive(0), FrameOwner.Batch));
        Assert.False(frames.TryMove(frame, FrameOwner.Receive(0), FrameOwner.Batch));
        Assert.True(frames.TryFree(frame, FrameOwner.Batch));
        Assert.False(frames.TryFree(frame, FrameOwner.Batch));
        Assert.Equal(2, frames.Free);
    }

    [Theory]
    [InlineData(2ul)]
    [InlineData(ulong.MaxValue)]
    public void A_number_that_is_no_frame_is_refused(ulong frame)
    {
        var frames = new FrameOwnership(2);
        Assert.False(frames.TryMove(frame, FrameOwner.Nobody, FrameOwner.Batch));
        Assert.False(frames.TryFree(frame, FrameOwner.Batch));
    }

    [Fact]
    public void Owners_are_told_apart_for_as_many_sockets_as_a_port_may_have()
    {
        var owners = new HashSet<byte> { FrameOwner.Nobody.Value, FrameOwner.Batch.Value };
        for (var socket = 0; socket < XdpLimits.MaxSockets; socket++)
        {
            Assert.True(owners.Add(FrameOwner.Receive(socket).Value));
            Assert.True(owners.Add(FrameOwner.Transmit(socket).Value));
        }
    }
}
