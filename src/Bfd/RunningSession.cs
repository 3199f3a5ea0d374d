using Director.Bfd.Ports;

namespace Director.Bfd;

/// <summary>A session with its sending end. Owned by the runner's thread.</summary>
internal sealed class RunningSession(BfdSession session, int endpoint)
{
    /// <summary>The state machine.</summary>
    public BfdSession Session => session;

    /// <summary>Its sending end.</summary>
    public int Endpoint { get; set; } = endpoint;

    /// <summary>Whether a packet that names no session is this one's.</summary>
    public bool IsNamedBy(in PacketOrigin origin) =>
        session.Settings.Neighbor == origin.Source && session.Settings.IsMultihop == origin.IsMultihop
        && (session.Settings.Source is not { } source || source == origin.Destination);
}
