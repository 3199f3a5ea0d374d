using Director.Vrrp;

namespace Director.Tests.Vrrp;

public class PriorityTrackerTests
{
    private const TrackerKind Script = TrackerKind.Script;
    private const TrackerKind File = TrackerKind.File;

    /// <summary>Base 100 but where it says otherwise; the status is I, U, D, or the number in a file.</summary>
    [Theory]
    [InlineData(100, Script, 20, false, "I", 100, FaultReasons.None)]
    [InlineData(100, Script, 20, false, "U", 120, FaultReasons.None)]
    [InlineData(100, Script, 20, false, "D", 100, FaultReasons.None)]
    [InlineData(100, Script, -20, false, "I", 100, FaultReasons.None)]
    [InlineData(100, Script, -20, false, "U", 100, FaultReasons.None)]
    [InlineData(100, Script, -20, false, "D", 80, FaultReasons.None)]
    [InlineData(100, Script, 20, true, "U", 80, FaultReasons.None)]
    [InlineData(100, Script, 20, true, "D", 100, FaultReasons.None)]
    [InlineData(100, Script, -20, true, "U", 100, FaultReasons.None)]
    [InlineData(100, Script, -20, true, "D", 120, FaultReasons.None)]
    [InlineData(100, Script, 0, false, "I", 100, FaultReasons.TrackerUnknown)]
    [InlineData(100, Script, 0, false, "U", 100, FaultReasons.None)]
    [InlineData(100, Script, 0, false, "D", 100, FaultReasons.TrackerDown)]
    [InlineData(100, Script, 0, true, "I", 100, FaultReasons.TrackerUnknown)]
    [InlineData(100, Script, 0, true, "U", 100, FaultReasons.TrackerDown)]
    [InlineData(100, Script, 0, true, "D", 100, FaultReasons.None)]
    [InlineData(100, Script, 253, false, "U", 254, FaultReasons.None)]
    [InlineData(100, Script, -253, false, "D", 1, FaultReasons.None)]
    [InlineData(100, TrackerKind.Process, -254, false, "D", 1, FaultReasons.TrackerDown)]
    [InlineData(100, TrackerKind.Process, 254, false, "U", 254, FaultReasons.None)]
    [InlineData(255, Script, -20, false, "D", 255, FaultReasons.None)]
    [InlineData(255, Script, 0, false, "D", 255, FaultReasons.TrackerDown)]
    [InlineData(100, File, 1, false, "0", 100, FaultReasons.None)]
    [InlineData(100, File, 1, false, "7", 107, FaultReasons.None)]
    [InlineData(100, File, 3, false, "-7", 79, FaultReasons.None)]
    [InlineData(100, File, 3, true, "-7", 121, FaultReasons.None)]
    [InlineData(100, File, 254, false, "2147483647", 254, FaultReasons.None)]
    [InlineData(1, File, 253, false, "1", 254, FaultReasons.None)]
    [InlineData(100, File, 1, false, "-253", 1, FaultReasons.None)]
    [InlineData(100, File, 1, false, "-254", 1, FaultReasons.TrackerDown)]
    [InlineData(100, File, 1, true, "253", 1, FaultReasons.None)]
    [InlineData(100, File, 2, true, "127", 1, FaultReasons.TrackerDown)]
    [InlineData(100, File, 0, false, "I", 100, FaultReasons.TrackerUnknown)]
    [InlineData(100, File, 0, false, "0", 100, FaultReasons.None)]
    [InlineData(100, File, 0, false, "1", 100, FaultReasons.TrackerDown)]
    [InlineData(100, File, 0, true, "0", 100, FaultReasons.TrackerDown)]
    [InlineData(100, File, 0, true, "1", 100, FaultReasons.None)]
    [InlineData(255, File, 1, false, "-254", 255, FaultReasons.None)]
    public void One_tracker(byte priority, TrackerKind kind, int weight, bool reversed, string status, byte expected, FaultReasons faults)
    {
        var key = new TrackerKey(kind, "it");
        var tracker = new PriorityTracker(priority, [new(key, weight, reversed)]);
        tracker.Set(key, Status(status));
        Assert.Equal((expected, faults), (tracker.EffectivePriority, tracker.Faults));
    }

    [Fact]
    public void Weights_add_up_before_the_sum_is_bounded()
    {
        var tracker = new PriorityTracker(200, [new(new(Script, "a"), 100), new(new(Script, "b"), -90), new(new(Script, "c"))]);
        Assert.True(tracker.Set(new(Script, "a"), TrackerStatus.Up));
        Assert.Equal(254, tracker.EffectivePriority);
        Assert.True(tracker.Set(new(Script, "b"), TrackerStatus.Down));
        Assert.Equal((210, FaultReasons.TrackerUnknown), (tracker.EffectivePriority, tracker.Faults));
        Assert.True(tracker.Set(new(Script, "c"), TrackerStatus.Up));
        Assert.Equal((210, FaultReasons.None), (tracker.EffectivePriority, tracker.Faults));
    }

    [Fact]
    public void What_is_no_news_or_not_tracked_changes_nothing()
    {
        var tracker = new PriorityTracker(100, [new(new(Script, "a"), 10)]);
        Assert.True(tracker.Set(new(Script, "a"), TrackerStatus.Up));
        Assert.False(tracker.Set(new(Script, "a"), TrackerStatus.Up));
        Assert.False(tracker.Set(new(Script, "b"), TrackerStatus.Down));
        Assert.False(tracker.Set(new(File, "a"), TrackerStatus.Down));
        Assert.Equal(110, tracker.EffectivePriority);
    }

    [Fact]
    public void What_a_group_s_member_tracks_with_a_weight_of_its_own_counts_only_if_that_is_allowed()
    {
        var member = Support.Some.Instance() with
        {
            Tracked = [new(new(TrackerKind.Interface, "e1"), 10), new(new(Script, "own"), 20), new(new(Script, "hard"))],
        };
        var group = new SyncGroupSettings { Name = "G", Members = ["VI_1"], Tracked = [new(new(Script, "all"), 30)] };
        Assert.Equal([new(new(TrackerKind.Interface, "e1")), new(new(Script, "hard")), new(new(Script, "all"), 30)],
            group.TrackedBy(member));
        Assert.Equal([.. member.Tracked, .. group.Tracked], (group with { AllowsMemberWeights = true }).TrackedBy(member));
    }

    private static TrackerStatus Status(string text) => text switch
    {
        "I" => TrackerStatus.Init,
        "U" => TrackerStatus.Up,
        "D" => TrackerStatus.Down,
        _ => TrackerStatus.Of(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
