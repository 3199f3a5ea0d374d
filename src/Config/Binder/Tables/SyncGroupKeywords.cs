using Director.Config.Text;
using Row = Director.Config.Binder.Rows<Director.Config.Binder.SyncGroupDraft>;

namespace Director.Config.Binder;

/// <summary><c>vrrp_sync_group</c>.</summary>
internal static class SyncGroupKeywords
{
    public static readonly Grammar<SyncGroupDraft> Grammar = new(
    [
        Row.Block("group", new Grammar<List<Word>>((statement, members, _) => members.AddRange(statement.Words)),
            (group, _) => group.Members),
        .. TrackLine.Rows<SyncGroupDraft>(group => group.Tracks),
        .. NotifyKeywords.Of<SyncGroupDraft>(group => group.Notify),
        Row.Flag("sync_group_tracking_weight", group => group.AllowsMemberWeights = true),
        Row.GivenUp("what all members track stands in the group's own track_* blocks, as with keepalived since 2.0", "global_tracking"),
    ]);
}
