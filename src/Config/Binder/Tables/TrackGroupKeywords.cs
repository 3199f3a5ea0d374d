using Director.Config.Text;
using Row = Director.Config.Binder.Rows<Director.Config.Binder.TrackGroupDraft>;

namespace Director.Config.Binder;

/// <summary><c>track_group</c>.</summary>
internal static class TrackGroupKeywords
{
    public static readonly Grammar<TrackGroupDraft> Grammar = new(
    [
        Row.Block("group", new Grammar<List<Word>>((statement, members, _) => members.AddRange(statement.Words)),
            (group, _) => group.Members),
    ]);
}
