using Director.Config;
using Director.Notifications;
using Director.Tests.Config;
using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Tests.Notifications;

/// <summary>What is told of what the VRRP process reports, and what is not.</summary>
public sealed class NotificationStateTests
{
    [Fact]
    public void Each_new_state_is_told_once()
    {
        var known = With("");
        Assert.Empty(known.Apply(State("A", VrrpState.Init)));
        Assert.Equal("INSTANCE \"A\" BACKUP 100\n", Line(known, State("A", VrrpState.Backup)));
        // A VRRP process that is started anew tells again.
        Assert.Empty(known.Apply(State("A", VrrpState.Backup)));
        Assert.Equal("INSTANCE \"A\" MASTER 100\n", Line(known, State("A", VrrpState.Master)));
        Assert.Empty(known.Apply(State("A", VrrpState.Master, 90)));
        Assert.Equal("INSTANCE \"A\" FAULT 90\n", Line(known, State("A", VrrpState.Fault, 90)));
        Assert.Empty(known.Apply(State("nobody", VrrpState.Master)));
        Assert.Equal(["INSTANCE \"A\" STOP 90\n", "INSTANCE \"B\" STOP 0\n", "GROUP \"G\" STOP 0\n"],
            known.Stop().Select(told => told.FifoLine));
        Assert.Equal(["INSTANCE \"A\" FAULT 90\n"], known.All().Select(told => told.FifoLine));
    }

    [Fact]
    public void That_nothing_is_known_yet_of_what_is_tracked_is_no_fault_to_tell()
    {
        var known = With("");
        Assert.Empty(known.Apply(Fault("A", FaultReasons.TrackerUnknown)));
        Assert.Empty(known.Apply(Fault("B", FaultReasons.MemberFault)));
        Assert.Empty(known.Apply(new VrrpGroupReport("G", VrrpState.Fault)));
        Assert.Equal("INSTANCE \"A\" BACKUP 100\n", Line(known, State("A", VrrpState.Backup)));
        Assert.Equal("GROUP \"G\" BACKUP 0\n", Line(known, new VrrpGroupReport("G", VrrpState.Backup)));
        // Once it has taken part it is one, whatever the reason.
        Assert.Equal("INSTANCE \"A\" FAULT 100\n", Line(known, Fault("A", FaultReasons.TrackerUnknown)));

        // What was waited for has failed: the group is in FAULT as before, and is told of now.
        known = With("");
        Assert.Empty(known.Apply(Fault("A", FaultReasons.TrackerUnknown)));
        Assert.Empty(known.Apply(new VrrpGroupReport("G", VrrpState.Fault)));
        Assert.Equal("INSTANCE \"A\" FAULT 100\nGROUP \"G\" FAULT 0\n", Line(known, Fault("A", FaultReasons.TrackerDown)));
        Assert.Equal("INSTANCE \"B\" FAULT 100\n", Line(known, Fault("B", FaultReasons.MemberFault)));
        Assert.Empty(known.Apply(new VrrpGroupReport("G", VrrpState.Fault)));
    }

    [Fact]
    public void Groups_have_priority_0()
    {
        var known = With("");
        Assert.Equal("GROUP \"G\" MASTER 0\n", Line(known, new VrrpGroupReport("G", VrrpState.Master)));
        Assert.Empty(known.Apply(new VrrpGroupReport("G", VrrpState.Master)));
        Assert.Equal("GROUP \"G\" FAULT 0\n", Line(known, new VrrpGroupReport("G", VrrpState.Fault)));
        Assert.Empty(known.Apply(new VrrpGroupReport("G", VrrpState.Init)));
    }

    [Fact]
    public void Priorities_are_told_where_that_is_wanted()
    {
        var known = With("notify_priority_changes");
        known.Apply(State("A", VrrpState.Backup));
        Assert.Equal("INSTANCE \"A\" BACKUP_PRIORITY 80\n", Line(known, State("A", VrrpState.Backup, 80)));
        Assert.Empty(known.Apply(State("A", VrrpState.Backup, 80)));
        Assert.Equal("INSTANCE \"A\" MASTER 90\n", Line(known, State("A", VrrpState.Master, 90)));
        Assert.Equal("INSTANCE \"A\" MASTER_PRIORITY 91\n", Line(known, State("A", VrrpState.Master, 91)));
        known.Apply(State("A", VrrpState.Fault, 91));
        Assert.Empty(known.Apply(State("A", VrrpState.Fault, 92)));
    }

    [Fact]
    public void A_lower_priority_that_a_master_hears_is_told_each_time()
    {
        var known = With("");
        var notice = new VrrpNoticeReport("A", VrrpNotice.ForcingElection, 100);
        Assert.Equal("INSTANCE \"A\" MASTER_RX_LOWER_PRI 100\n", Line(known, notice));
        Assert.Equal("INSTANCE \"A\" MASTER_RX_LOWER_PRI 100\n", Line(known, notice));
        Assert.Empty(known.Apply(notice with { Instance = "nobody" }));
        Assert.Empty(known.Apply(notice with { Notice = VrrpNotice.DiscardingLower }));
    }

    [Theory]
    [InlineData("", VrrpState.Master, "INSTANCE \"A\" FAULT 100\n")]
    [InlineData("", VrrpState.Fault, "")]
    [InlineData("notify_deleted", VrrpState.Master, "INSTANCE \"A\" DELETED 100\n")]
    [InlineData("notify_deleted", VrrpState.Fault, "INSTANCE \"A\" DELETED 100\n")]
    [InlineData("notify_deleted /bin/x", VrrpState.Backup, "INSTANCE \"A\" DELETED 100\n")]
    public void What_a_reload_removes_is_told_of(string keywords, VrrpState state, string expected)
    {
        var known = With(keywords);
        known.Apply(State("A", state));

        var told = known.Configure(Configuration(keywords) with { VrrpInstances = [], SyncGroups = [] });

        Assert.Equal(expected, string.Concat(told.Where(last => last.Notification.Name == "A").Select(last => last.Notification.FifoLine)));
        Assert.Empty(known.Apply(State("A", VrrpState.Master)));
        Assert.Empty(known.Stop());
    }

    private static string Line(NotificationState known, VrrpReport report) =>
        string.Concat(known.Apply(report).Select(told => told.FifoLine));

    private static VrrpStateReport State(string name, VrrpState state, byte priority = 100) =>
        new(name, state, default, FaultReasons.None, priority);

    private static VrrpStateReport Fault(string name, FaultReasons faults) => new(name, VrrpState.Fault, default, faults, 100);

    private static NotificationState With(string keywords)
    {
        var known = new NotificationState();
        Assert.Empty(known.Configure(Configuration(keywords)));
        return known;
    }

    private static DirectorConfig Configuration(string keywords) => Reading.Clean($$"""
        vrrp_instance A {
            interface e0
            virtual_router_id 1
            virtual_ipaddress {
                10.0.0.1
            }
            {{keywords}}
        }
        vrrp_instance B {
            interface e0
            virtual_router_id 2
            virtual_ipaddress {
                10.0.0.2
            }
        }
        vrrp_sync_group G {
            group {
                A
                B
            }
        }
        """);
}
