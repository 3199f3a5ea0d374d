using Director.Datapath.Ports;

namespace Director.Tests.Datapath;

/// <summary>Truncated, malformed and random frames: never an exception, and every frame accounted for.</summary>
public sealed class HostileFrameTests
{
    [Fact]
    public void Every_fixture_cut_anywhere_is_decided_and_counted()
    {
        using var engine = HostileFrames.Served();
        var sent = 0;
        foreach (var fixture in HostileFrames.Fixtures)
        {
            for (var length = 0; length <= fixture.Length; length++, sent++)
            {
                var verdict = engine.Send(fixture[..length]).Verdict;
                Assert.True(length == fixture.Length || verdict == Verdict.Drop, $"{length} bytes of {fixture.Length}: {verdict}");
                Assert.NotEqual(Verdict.None, verdict);
            }
        }

        HostileFrames.AssertAllCounted(engine, sent);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Spoilt_frames_are_decided_and_counted(int seed) => HostileFrames.Play(seed);
}
