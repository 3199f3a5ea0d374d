using Director.Net;

namespace Director.Vrrp.Ports;

/// <summary>A change of an interface.</summary>
/// <param name="Link">The interface's number.</param>
/// <param name="Removed">The address that was removed from it; default if its <see cref="LinkStatus"/> may have changed instead.</param>
public readonly record struct LinkEvent(int Link, IpAddress128 Removed)
{
    /// <summary>A route that was removed, by us or by somebody else; null if it is not that.</summary>
    public VirtualRoute? LostRoute { get; init; }

    /// <summary>A rule that was removed, by us or by somebody else; null if it is not that.</summary>
    public VirtualRule? LostRule { get; init; }

    /// <summary>Whether it is about a route or a rule, and about no interface.</summary>
    public bool IsPathLoss => LostRoute is not null || LostRule is not null;

    /// <summary>Whether an address was removed, by us or by somebody else.</summary>
    public bool IsRemoval => Removed != default;
}
