using Director.Datapath.Tables;
using Director.Linux.Xdp;
using Director.Net;
using Director.Tests.Datapath;

namespace Director.Tests.Linux.Xdp;

public sealed class SteeredPlacesTests
{
    private static readonly MonoTime Begin = MonoTime.Zero + TimeSpan.FromDays(1);

    [Fact]
    public void What_differs_between_tables_adds_up_to_what_each_table_wants_through_any_history()
    {
        var random = new Random(20261126);
        var any = new AnyServices(random);
        var desired = any.Services();
        var (places, steered) = (new SteeredPlaces(), new HashSet<SteeringKey>());
        var (table, now) = (ForwardingTable.Empty(), Begin);
        IReadOnlyCollection<IpAddress128> own = [IpAddress128.Parse("10.0.0.1")];
        for (var step = 0; step < 300; step++)
        {
            desired = any.Next(desired);
            now += TimeSpan.FromSeconds(random.Next(60));
            if (random.Next(20) == 0) own = [.. own, IpAddress128.FromV4((uint)step)];
            table = ForwardingTable.Build(desired, table, now, own);
            any.Connect([table], now);
            var (added, removed) = places.MoveTo(Wanted(table));
            Assert.Equal(added, added.OrderByDescending(key => key.Kind));
            Assert.Equal(removed, removed.OrderBy(key => key.Kind));
            Assert.All(added, key => Assert.True(steered.Add(key)));
            Assert.All(removed, key => Assert.True(steered.Remove(key)));
            Assert.Equal(Whole(table), steered);
            Assert.Equal(steered.Count, places.Count);
            Assert.All(Enum.GetValues<SteeringKind>(), kind => Assert.Equal(steered.Count(key => key.Kind == kind), places.CountOf(kind)));
        }
    }

    [Fact]
    public void Going_back_undoes_a_move()
    {
        var any = new AnyServices(new(7));
        var before = ForwardingTable.Build(any.Services(), ForwardingTable.Empty(), Begin);
        var places = new SteeredPlaces();
        places.MoveTo(Wanted(before));
        var wanted = places.Current;
        var (added, removed) = places.MoveTo(Wanted(ForwardingTable.Build(any.Next(any.Services()), before, Begin)));
        var (addedBack, removedBack) = places.MoveTo(wanted);
        Assert.Equal(added.ToHashSet(), removedBack.ToHashSet());
        Assert.Equal(removed.ToHashSet(), addedBack.ToHashSet());
    }

    private static SteeredPlaces.Wanted Wanted(ForwardingTable table) => new(
        table.Services,
        [.. table.Departed.SelectMany(SteeredPlaces.PlacesOf), .. table.DepartedMasqueraded.SelectMany(SteeredPlaces.PlacesOf)],
        table.OwnAddresses);

    private static HashSet<SteeringKey> Whole(ForwardingTable table)
    {
        var whole = table.Masqueraded.SelectMany(SteeredPlaces.PlacesOf).ToHashSet();
        if (whole.Count > 0) whole.UnionWith(table.OwnAddresses.Select(SteeringKey.OfOwn));
        whole.UnionWith(table.Steered.SelectMany(SteeredPlaces.PlacesOf));
        return whole;
    }
}
