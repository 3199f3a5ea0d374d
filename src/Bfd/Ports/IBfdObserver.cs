using Director.Net;

namespace Director.Bfd.Ports;

/// <summary>Who is told what sessions do. Called on the runner's thread; must not throw.</summary>
public interface IBfdObserver
{
    /// <summary>The state of a session has changed.</summary>
    void StateChanged(BfdSession session, in BfdEffect report);

    /// <summary>A packet that named a session was not taken.</summary>
    void Rejected(BfdSession session, BfdRejection reason, IpAddress128 source);

    /// <summary>The kernel did not take a session's packet.</summary>
    void SendFailed(BfdSession session);
}
