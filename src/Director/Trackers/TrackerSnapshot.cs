using Director.Vrrp;

namespace Director.Trackers;

/// <summary>A tracker of the main process at one instant.</summary>
/// <param name="Key">What is tracked.</param>
/// <param name="Status">What the virtual routers are told.</param>
/// <param name="Detail">What was seen last, in words: "exited with 3", "2 processes"; empty before that.</param>
/// <param name="SinceLastRun">How long ago it was looked at last; null if it has not been, or is looked at when something happens.</param>
/// <param name="IsOverdue">Whether it should have been looked at long since.</param>
internal sealed record TrackerSnapshot(TrackerKey Key, TrackerStatus Status, string Detail, TimeSpan? SinceLastRun, bool IsOverdue);
