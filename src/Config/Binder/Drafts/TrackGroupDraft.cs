using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A <c>track_group</c> in the making.</summary>
internal sealed class TrackGroupDraft(Statement header)
{
    public Statement Header => header;

    /// <summary>The names of its instances.</summary>
    public List<Word> Members { get; } = [];
}
