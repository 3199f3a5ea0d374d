using Director.Net;

namespace Director.Vrrp.Ports;

/// <summary>A change of an interface.</summary>
/// <param name="Link">The interface's number.</param>
/// <param name="Removed">The address that was removed from it; default if its <see cref="LinkStatus"/> may have changed instead.</param>
public readonly record struct LinkEvent(int Link, IpAddress128 Removed)
{
    /// <summary>Whether an address was removed, by us or by somebody else.</summary>
    public bool IsRemoval => Removed != default;
}
