namespace Director.Admin;

/// <summary>A way in which others are told of virtual routers.</summary>
/// <param name="Name">Which: <c>scripts of VI_1</c>, <c>fifo PATH</c>, <c>mail by SERVER</c>.</param>
/// <param name="Pending">What waits, or is under way.</param>
/// <param name="Delivered">What has arrived: scripts that exited with 0, lines in the pipe, mails that the server took.</param>
/// <param name="Failed">What was given up.</param>
/// <param name="Dropped">What found too many waiting.</param>
/// <param name="LastProblem">Why the last was given up; null if none was.</param>
internal sealed record NotificationStatus(string Name, long Pending, long Delivered, long Failed, long Dropped, string? LastProblem);
