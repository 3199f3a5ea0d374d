namespace Director.Vrrp;

/// <summary>A sync group with the routers that it consists of, in the same order. Owned by the runner's thread.</summary>
/// <param name="settings">What it is.</param>
/// <param name="members">Its members that run.</param>
internal sealed class RunningGroup(SyncGroupSettings settings, RunningRouter[] members)
{
    /// <summary>The rules.</summary>
    public SyncGroup Group { get; } = new(settings, members.Select(member => member.Router));

    /// <summary>Its members.</summary>
    public RunningRouter[] Members => members;

    /// <summary>Where it stood when that was told last; null if it never was.</summary>
    public VrrpState? Told { get; set; }
}
