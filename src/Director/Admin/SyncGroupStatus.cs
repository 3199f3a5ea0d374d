namespace Director.Admin;

/// <summary>One sync group.</summary>
/// <param name="Name">Of the <c>vrrp_sync_group</c>.</param>
/// <param name="State">
/// <c>MASTER</c> if all its members are, <c>FAULT</c> if any is, <c>INIT</c> if none takes part, else <c>BACKUP</c>.
/// </param>
/// <param name="Since">When it got there, UTC.</param>
/// <param name="Members">Its instances.</param>
internal sealed record SyncGroupStatus(string Name, string State, DateTimeOffset Since, IReadOnlyList<string> Members);
