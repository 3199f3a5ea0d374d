namespace Director.Tracking;

/// <summary>How many processes there should be (keepalived.conf(5), <c>vrrp_track_process</c>).</summary>
/// <param name="Match">Which processes count.</param>
/// <param name="Quorum">The fewest.</param>
/// <param name="QuorumMax">The most.</param>
/// <param name="ForkDelay">How long the verdict waits after a process has come.</param>
/// <param name="TerminateDelay">How long it waits after one has gone.</param>
public sealed record ProcessSettings(ProcessMatch Match, int Quorum, int QuorumMax, TimeSpan ForkDelay, TimeSpan TerminateDelay);
