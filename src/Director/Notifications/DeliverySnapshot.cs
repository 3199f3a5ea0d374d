namespace Director.Notifications;

/// <summary>A queue at one instant.</summary>
/// <param name="Name">What is delivered, and for whom.</param>
/// <param name="Pending">What waits, and what is under way.</param>
/// <param name="Delivered">What has arrived.</param>
/// <param name="Failed">What was given up.</param>
/// <param name="Dropped">What found the queue full.</param>
/// <param name="LastProblem">Why the last was given up; null if none was.</param>
internal sealed record DeliverySnapshot(string Name, long Pending, long Delivered, long Failed, long Dropped, string? LastProblem);
