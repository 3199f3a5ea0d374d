using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A <c>vrrp_sync_group</c> in the making.</summary>
internal sealed class SyncGroupDraft(string name, Statement header)
{
    public string Name => name;

    public Statement Header => header;

    /// <summary>The names of its instances.</summary>
    public List<Word> Members { get; } = [];

    public List<TrackDraft> Tracks { get; } = [];

    public NotifyDraft Notify { get; } = new();

    public bool AllowsMemberWeights { get; set; }
}
