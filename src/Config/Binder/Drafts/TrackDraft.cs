using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A line of a <c>track_*</c> block in the making.</summary>
/// <param name="Kind">What is tracked.</param>
/// <param name="Name">Its name; of a virtual server the first word of the line.</param>
internal sealed record TrackDraft(TrackedKind Kind, Word Name)
{
    /// <summary>The weight; null without one.</summary>
    public int? Weight { get; set; }

    /// <summary>Whether <c>reverse</c> or <c>noreverse</c> stands there; null if neither does.</summary>
    public bool? IsReversed { get; set; }

    /// <summary>Of a virtual server that is named by it, address and port.</summary>
    public Endpoint? Endpoint { get; set; }

    /// <summary>Of such a one the protocol; null if that is not said.</summary>
    public IpProtocol? Protocol { get; set; }

    /// <summary>Of a virtual server that is named by its group, that.</summary>
    public Word? Group { get; set; }
}
