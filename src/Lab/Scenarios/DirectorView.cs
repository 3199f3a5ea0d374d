namespace Director.Lab.Scenarios;

/// <summary>A director at one instant, seen from outside and by its own status.</summary>
/// <param name="Role">Its name in the lab.</param>
/// <param name="Running">Whether its main process runs.</param>
/// <param name="HasVip">Whether the VIP is an address of its machine.</param>
/// <param name="Status">What it says of itself; null if it says nothing.</param>
internal sealed record DirectorView(string Role, bool Running, bool HasVip, DirectorStatus? Status)
{
    /// <summary>Whether it owns the VIP and, if it says anything, says so.</summary>
    public bool IsMaster => Running && HasVip && Status is null or { State: "MASTER" or "" };

    /// <summary>In one word, for people.</summary>
    public string State => !Running ? "down" : Status?.State is { Length: > 0 } state ? state : HasVip ? "MASTER" : "up";
}
