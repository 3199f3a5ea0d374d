namespace Director.Lab.Scenarios;

/// <summary>A real server as a director's status shows it.</summary>
/// <param name="Address">Address and port, <c>192.168.80.133:80</c>.</param>
/// <param name="InPool">Whether new connections may go to it.</param>
/// <param name="Checked">Whether a check of it has finished.</param>
/// <param name="Active">Active connections.</param>
/// <param name="Inactive">Inactive connections.</param>
internal sealed record PoolMember(string Address, bool InPool, bool Checked, long Active, long Inactive)
{
    /// <summary>Its weight in force; 0 takes no new connection.</summary>
    public long Weight { get; init; }
}
