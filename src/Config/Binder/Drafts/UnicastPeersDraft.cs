using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A <c>unicast_peer</c> block in the making.</summary>
internal sealed class UnicastPeersDraft
{
    /// <summary>The keyword; null if there is no block.</summary>
    public Word? Word { get; set; }

    /// <summary>The lines that can be read.</summary>
    public List<UnicastPeerDraft> Lines { get; } = [];
}
