using Director.Vrrp;

namespace Director.Linux.Vrrp;

/// <summary>An interface for a virtual MAC address, wanted or there.</summary>
/// <param name="Link">Its number.</param>
/// <param name="Parent">That of the interface it is on.</param>
/// <param name="Settings">What it is to be.</param>
/// <param name="IsV4">Whether its virtual router is of IPv4.</param>
internal sealed record Vmac(int Link, int Parent, VmacSettings Settings, bool IsV4)
{
    /// <summary>Whether the interface there is of this program's making, and so its to remove.</summary>
    public bool IsOurs { get; set; }
}
