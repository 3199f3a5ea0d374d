using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;

namespace Director.Tests.Vrrp;

public class SyncGroupTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VrrpRouter[] _routers = [Router("a", 150), Router("b", 100), Router("c", 120)];
    private readonly VrrpEffects _effects = new();
    private readonly List<string> _done = [];
    private readonly SyncGroup _group;
    private MonoTime _now = new(1_000_000_000_000);

    public SyncGroupTests()
    {
        _group = new(new() { Name = "G", Members = ["a", "b", "c"] }, _routers);
        Assert.Equal(VrrpState.Init, _group.State);
        foreach (var router in _routers) router.Apply(VrrpEvent.Startup(default), _now, _effects);
        Settle();
        Assert.Equal(VrrpState.Backup, _group.State);
    }

    [Fact]
    public void All_become_master_when_the_last_one_wants_it_and_none_before()
    {
        ComeTo(_routers[0].NextDeadline);
        Happens(0, VrrpEvent.Timer);
        Assert.True(_routers[0].WantsMaster);
        Assert.Equal(_now + Some.MasterDown(150), _routers[0].NextDeadline);
        ComeTo(_routers[2].NextDeadline);
        Happens(2, VrrpEvent.Timer);
        Assert.Equal(["Backup", "Backup", "Backup"], States);
        ComeTo(_routers[1].NextDeadline);
        Happens(1, VrrpEvent.Timer);
        Assert.Equal(
            ["a advertise:150 add announce state:MasterSilent", "b advertise:100 add announce state:MasterSilent",
                "c advertise:120 add announce state:MasterSilent"], _done);
        Assert.Equal(VrrpState.Master, _group.State);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(0)]
    public void One_that_hears_a_master_or_its_resignation_wants_it_no_more(byte priority)
    {
        ComeTo(_routers[0].NextDeadline);
        Happens(0, VrrpEvent.Timer);
        Hears(0, priority);
        ComeTo(_routers[1].NextDeadline);
        Happens(2, VrrpEvent.Timer);
        Happens(1, VrrpEvent.Timer);
        Assert.Equal(["Backup", "Backup", "Backup"], States);
        Assert.False(_routers[0].WantsMaster);
    }

    [Fact]
    public void One_that_yields_takes_all_with_it_without_a_resignation()
    {
        BecomeMaster();
        Hears(1, 200);
        Assert.Equal(["b notice:YieldingToHigher remove state:Outranked", "a remove state:MemberYielded", "c remove state:MemberYielded"],
            _done);
        Assert.Equal(_now + Some.MasterDown(120), _routers[2].NextDeadline);
        Assert.Equal(VrrpState.Backup, _group.State);
    }

    [Fact]
    public void One_that_loses_an_address_has_all_resign_and_be_elected_again_after_the_longest_skew()
    {
        BecomeMaster();
        Happens(2, VrrpEvent.AddressLost(Some.Vip));
        Assert.Equal(["c advertise:0 remove state:AddressLost", "a advertise:0 remove state:MemberYielded",
            "b advertise:0 remove state:MemberYielded"], _done);
        Assert.Equal(_now + Some.Skew(100), _routers.Max(router => router.NextDeadline));
        foreach (var i in new[] { 0, 2, 1 })
        {
            ComeTo(_routers[i].NextDeadline);
            Happens(i, VrrpEvent.Timer);
        }

        Assert.Equal(VrrpState.Master, _group.State);
        Assert.All(_routers, router => Assert.Equal(TransitionReason.MasterResigned, router.Reason));
    }

    [Fact]
    public void A_fault_of_one_is_a_fault_of_all_and_every_master_resigns()
    {
        BecomeMaster();
        Happens(1, VrrpEvent.Health(FaultReasons.InterfaceDown));
        Assert.Equal(["b advertise:0 remove state:Fault", "a advertise:0 remove state:Fault", "c advertise:0 remove state:Fault"], _done);
        Assert.Equal([FaultReasons.MemberFault, FaultReasons.InterfaceDown, FaultReasons.MemberFault],
            _routers.Select(router => router.Faults));
        Assert.Equal(VrrpState.Fault, _group.State);
    }

    [Fact]
    public void All_come_back_when_the_last_fault_is_gone_and_none_before()
    {
        Happens(1, VrrpEvent.Health(FaultReasons.InterfaceDown));
        Happens(2, VrrpEvent.Health(FaultReasons.TrackerDown | FaultReasons.MemberFault));
        Assert.Equal([FaultReasons.MemberFault, FaultReasons.InterfaceDown | FaultReasons.MemberFault,
            FaultReasons.TrackerDown | FaultReasons.MemberFault], _routers.Select(router => router.Faults));
        ComeTo(_now + Second);
        Happens(1, VrrpEvent.Health(FaultReasons.MemberFault));
        Assert.Equal(["Fault", "Fault", "Fault"], States);
        Assert.Equal(FaultReasons.TrackerDown, _routers[2].Faults);
        _done.Clear();
        Happens(2, VrrpEvent.Health(FaultReasons.None));
        Assert.Equal(["c state:Recovery", "a state:Recovery", "b state:Recovery"], _done);
        Assert.Equal(_routers.Select(router => _now + Some.MasterDown(router.EffectivePriority)),
            _routers.Select(router => router.NextDeadline));
        Assert.Equal(VrrpState.Backup, _group.State);
    }

    [Fact]
    public void An_owner_waits_for_the_others()
    {
        VrrpRouter[] routers = [new(Some.Instance(255) with { WantedState = VrrpState.Master }), Router("b", 100)];
        var group = new SyncGroup(new() { Name = "G", Members = ["VI_1", "b"] }, routers);
        foreach (var router in routers) router.Apply(VrrpEvent.Startup(default), _now, _effects);
        Assert.Equal((VrrpState.Backup, _now), (routers[0].State, routers[0].NextDeadline));
        routers[0].Apply(VrrpEvent.Timer, _now, _effects);
        Assert.False(group.TryNext(out _, out _));
        routers[1].Apply(VrrpEvent.Timer, _now + Some.MasterDown(100), _effects);
        Assert.True(group.TryNext(out var index, out var happened));
        Assert.Equal((0, VrrpEventKind.GroupElected), (index, happened.Kind));
    }

    [Fact]
    public void A_router_that_joins_a_master_group_is_waited_for_and_takes_it_down_only_if_it_finds_a_master()
    {
        foreach (var finds in new[] { false, true })
        {
            VrrpRouter[] routers = [Router("a", 150), Router("b", 150)];
            routers[0].Apply(VrrpEvent.Startup(default), _now, _effects);
            routers[0].Apply(VrrpEvent.Timer, _now, _effects);
            routers[1].Apply(VrrpEvent.Startup(default), _now, _effects);
            var group = new SyncGroup(new() { Name = "G", Members = ["a", "b"] }, routers);
            Assert.False(group.TryNext(out _, out _));
            if (finds) routers[1].Hear(200, Some.Higher, Second, _now, _effects);
            else routers[1].Apply(VrrpEvent.Timer, _now, _effects);
            Assert.True(group.TryNext(out var index, out var happened));
            Assert.Equal(finds ? (0, VrrpEventKind.GroupYielded) : (1, VrrpEventKind.GroupElected), (index, happened.Kind));
        }
    }

    /// <summary>Whatever happens to whom, no member is ever master while another is not, and the rules come to an end.</summary>
    [Fact]
    public void Whatever_happens_members_are_master_together_or_not_at_all()
    {
        var random = new Random(5);
        var masters = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var index = random.Next(_routers.Length);
            var router = _routers[index];
            ComeTo(_now + TimeSpan.FromMilliseconds(random.Next(300)));
            switch (random.Next(60))
            {
                case 0: Happens(index, VrrpEvent.Health(router.Faults | FaultReasons.InterfaceDown)); break;
                case 1 or 2: Happens(index, VrrpEvent.Health(router.Faults & FaultReasons.MemberFault)); break;
                case 3: Happens(index, VrrpEvent.AddressLost(Some.Vip)); break;
                case 4: Hears(index, (byte)random.Next(256)); break;
                case 5: Happens(index, VrrpEvent.PriorityChanged((byte)random.Next(1, 255))); break;
                default:
                    var due = Array.FindIndex(_routers, candidate => candidate.NextDeadline <= _now);
                    if (due >= 0) Happens(due, VrrpEvent.Timer);
                    break;
            }

            Assert.True(States.Distinct().Count() == 1, $"after event {i}: {string.Join(' ', States)}");
            if (_group.State == VrrpState.Master) masters++;
        }

        Assert.True(masters > 10_000, $"{masters}");
    }

    private IEnumerable<string> States => _routers.Select(router => router.State.ToString());

    private static VrrpRouter Router(string name, byte priority) =>
        new(Some.Instance(priority) with { Name = name }) { Source = Some.Source };

    private void BecomeMaster()
    {
        ComeTo(_routers.Max(router => router.NextDeadline));
        for (var i = 0; i < _routers.Length; i++) Happens(i, VrrpEvent.Timer);
        Assert.Equal(VrrpState.Master, _group.State);
        _done.Clear();
    }

    private void ComeTo(MonoTime then) => _now = then;

    private void Hears(int index, byte priority)
    {
        _routers[index].Hear(priority, Some.Higher, Second, _now, _effects);
        Note(index);
        Settle();
    }

    private void Happens(int index, in VrrpEvent happened)
    {
        _routers[index].Apply(happened, _now, _effects);
        Note(index);
        Settle();
    }

    private void Settle()
    {
        for (var answers = 0; _group.TryNext(out var index, out var happened); answers++)
        {
            Assert.True(answers < 3 * _routers.Length, "the rules do not come to an end");
            _routers[index].Apply(happened, _now, _effects);
            Note(index);
        }
    }

    private void Note(int index)
    {
        if (_effects.Count > 0) _done.Add($"{_routers[index].Settings.Name} {Some.Text(_effects)}");
    }
}
