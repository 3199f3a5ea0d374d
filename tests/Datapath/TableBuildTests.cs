using System.Runtime.CompilerServices;
using Director.Datapath;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Tests.Datapath;

/// <summary>A table is made of the one before and of what differs: no other than by looking at everything.</summary>
public sealed class TableBuildTests
{
    private static readonly MonoTime Begin = MonoTime.Zero + TimeSpan.FromDays(1);

    [Fact]
    public void Building_what_has_changed_equals_building_all_of_it_through_any_history()
    {
        var random = new Random(20261125);
        var any = new AnyServices(random);
        var desired = any.Services();
        var (shared, anew) = (ForwardingTable.Empty(2), ForwardingTable.Empty(2));
        var now = Begin;
        for (var step = 0; step < 250; step++)
        {
            desired = any.Next(desired);
            now += TimeSpan.FromSeconds(random.Next(4) == 0 ? random.Next(200) : 0);
            shared = ForwardingTable.Build(desired, shared, now);
            anew = ForwardingTable.Build([.. desired.Select(Copy)], anew, now);
            Assert.Equal(TableContent.Of(anew), TableContent.Of(shared));
            if (step % 10 == 0)
            {
                var fresh = ForwardingTable.Build(desired, ForwardingTable.Empty(2), now);
                Assert.Equal(TableContent.Listed(fresh), TableContent.Listed(shared));
            }

            any.Connect([shared, anew], now);
        }

        Assert.Contains(shared.Servers, server => !shared.IsAvailable(server));
    }

    [Fact]
    public void A_change_of_one_server_touches_its_service_alone()
    {
        var specs = new AnyServices(new(1)).Services();
        var before = ForwardingTable.Build(specs, ForwardingTable.Empty(), Begin);
        var edit = specs.Edit();
        edit[150] = specs[150] with { Servers = [.. specs[150].Servers.Skip(1)] };
        var after = ForwardingTable.Build(edit.ToPagedArray(), before, Begin);
        Assert.Equal([150], after.Services.ChangesSince(before.Services));
        var servers = after.Servers.Where(server => Unsafe.AreSame(in after.Server(server.Id), in before.Server(server.Id)));
        Assert.InRange(servers.Count(), after.Servers.Count() - (2 << PagedArray<ServerEntry>.PageShift), after.Servers.Count() - 1);
    }

    [Fact]
    public void The_same_again_is_the_same_objects()
    {
        var specs = new AnyServices(new(2)).Services();
        var before = ForwardingTable.Build(specs, ForwardingTable.Empty(), Begin);
        Assert.Same(before.Services, ForwardingTable.Build(specs, before, Begin).Services);
        Assert.Empty(ForwardingTable.Build([.. specs.Select(Copy)], before, Begin).Services.ChangesSince(before.Services));
        Assert.Equal(before.Services.Reverse(), ForwardingTable.Build([.. specs.Reverse()], before, Begin).Services);
    }

    [Fact]
    public void A_refused_table_has_not_touched_what_is_in_force()
    {
        var server = Engine.Server(1);
        var before = ForwardingTable.Build([Engine.Service("wlc", server, Engine.Server(2))], ForwardingTable.Empty(), Begin);
        var content = TableContent.Of(before).ToList();
        var later = Begin + ForwardingTable.TrashPeriod;
        VirtualServiceSpec[] twice = [Engine.Service("rr", server), Engine.Service("rr", server)];
        Assert.Throws<ArgumentException>(() => ForwardingTable.Build(twice, before, later));
        Assert.Throws<ArgumentException>(() => ForwardingTable.Build([Engine.Service("none", server)], before, later));
        Assert.Equal(content, TableContent.Of(before));
    }

    private static VirtualServiceSpec Copy(VirtualServiceSpec spec) => spec with { Servers = [.. spec.Servers] };
}
