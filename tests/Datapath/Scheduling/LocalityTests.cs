using Director.Net;

namespace Director.Tests.Datapath;

/// <summary>lblc and lblcr; a SYN makes an active connection that lasts 60 s.</summary>
public sealed class LocalityTests
{
    [Fact]
    public void The_server_of_the_destination_is_kept_until_it_has_more_connections_than_weight_and_another_has_few()
    {
        using var engine = new Engine().With(Engine.Weighted("lblc", 4, 4));
        Assert.Equal("2 2 2 2 2 1 1 1 1 1", engine.Picks(10));

        // Neither has fewer than two now, so the one remembered goes on.
        Assert.Equal("1 1 1", engine.Picks(3, 2000));
        engine.Pass(70);
        Assert.Equal(1, engine.ServerOf(3000));
    }

    [Theory]
    [InlineData("lblc")]
    [InlineData("lblcr")]
    public void A_server_set_to_weight_0_or_removed_is_replaced(string scheduler)
    {
        using var engine = new Engine().With(Engine.Weighted(scheduler, 9, 9));
        Assert.Equal("2 2", engine.Picks(2));
        engine.With(Engine.Weighted(scheduler, 9, 0));
        Assert.Equal("1 1", engine.Picks(2, 2000));
        engine.With(Engine.Weighted(scheduler, 0, 9));
        Assert.Equal("2 2", engine.Picks(2, 3000));
        engine.With(Engine.Service(scheduler, Engine.Server(1, 9)));
        Assert.Equal("1 1", engine.Picks(2, 4000));
    }

    [Fact]
    public void A_server_that_was_removed_is_found_again_when_it_returns()
    {
        // Nothing was scheduled meanwhile, so the memory is as it was: not the newest of equals but the one remembered.
        using var engine = new Engine().With(Engine.Weighted("lblc", 9, 9));
        Assert.Equal("2 2", engine.Picks(2));
        engine.With(Engine.Service("lblc", Engine.Server(1, 9)));
        engine.With(Engine.Service("lblc", Engine.Server(1, 9), Engine.Server(2, 9)));
        Assert.Equal("2 2", engine.Picks(2, 2000));
    }

    [Fact]
    public void The_memory_of_lblc_does_not_look_at_thresholds()
    {
        var bounded = Engine.Server(2, 9) with { Thresholds = new(2, 0) };
        using var engine = new Engine().With(Engine.Service("lblc", Engine.Server(1, 9), bounded));
        Assert.Equal("2 2 2 2", engine.Picks(4));
        Assert.True(engine.State(2).IsOverloaded);
    }

    [Fact]
    public void The_set_of_lblcr_does_look_at_thresholds()
    {
        var bounded = Engine.Server(2, 9) with { Thresholds = new(2, 0) };
        using var engine = new Engine().With(Engine.Service("lblcr", Engine.Server(1, 9), bounded));
        Assert.Equal("2 2 1 1", engine.Picks(4));
    }

    [Theory]
    [InlineData("lblc", 86_400)]
    [InlineData("lblcr", 86_400)]
    [InlineData("lblc", 600)]
    [InlineData("lblcr", 600)]
    public void What_went_unused_for_its_expiration_is_forgotten(string scheduler, int seconds)
    {
        using var engine = Remembering(scheduler, seconds).With(Engine.Weighted(scheduler, 4, 4));
        Assert.Equal("2 2 2 2 2 1 1", engine.Picks(7));
        engine.Pass(seconds - 100);
        Assert.Equal(1, engine.ServerOf(2000));
        engine.Pass(seconds + 1);
        Assert.Equal(2, engine.ServerOf(3000));
    }

    [Fact]
    public void The_set_of_lblcr_grows_under_load_and_its_least_loaded_server_is_picked()
    {
        using var engine = new Engine().With(Engine.Weighted("lblcr", 2, 2, 2));

        // 3 until it has three and 2 none; then 2, the less loaded of the set, until it has three and 1 none.
        Assert.Equal("3 3 3 2 2 2 1 1 1", engine.Picks(9));

        // All in the set, and nobody has less than one: by load for the weight, the member that joined last first.
        Assert.Equal("1 2 3 1 2 3", engine.Picks(6, 2000));
    }

    [Theory]
    [InlineData(86_400)]
    [InlineData(7_200)]
    public void The_set_of_lblcr_loses_its_most_loaded_server_when_it_has_not_changed_for_its_expiration(int seconds)
    {
        using var engine = Remembering("lblcr", seconds).With(Engine.Weighted("lblcr", 2, 2));
        Assert.Equal("2 2 2 1", engine.Picks(4));
        var scheduler = engine.Table.Services[0].Scheduler;
        for (var passed = 0; passed <= seconds; passed += 3600)
        {
            engine.Pass(3600);
            Assert.Equal(1, engine.ServerOf(3000));
        }

        // Used every hour, but unchanged for that long: server 1, which has the connection of this hour, has left the set.
        Assert.NotEqual(-1, scheduler.Pick(new(IpProtocol.Tcp, default, default, engine.Now)));
        Assert.Equal(2, engine.ServerOf(3001));
    }

    /// <summary>The other scheduler keeps its day.</summary>
    private static Engine Remembering(string scheduler, int seconds)
    {
        var expiration = TimeSpan.FromSeconds(seconds);
        return new(settings: scheduler == "lblc" ? new() { LblcExpiration = expiration } : new() { LblcrExpiration = expiration });
    }
}
