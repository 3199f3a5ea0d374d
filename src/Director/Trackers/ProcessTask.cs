using Director.Tracking;

namespace Director.Trackers;

/// <summary>Processes to be counted.</summary>
/// <param name="Name">Of the <c>vrrp_track_process</c>.</param>
/// <param name="Settings">Which, and how many there should be.</param>
internal sealed record ProcessTask(string Name, ProcessSettings Settings);
