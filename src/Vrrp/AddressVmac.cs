namespace Director.Vrrp;

/// <summary>
/// An interface for the virtual MAC address on another interface than the instance's, or of the other family, for addresses that go there
/// (keepalived.conf(5), <c>use_vmac_addr</c>).
/// </summary>
/// <param name="Parent">The interface that it is made on, by name.</param>
/// <param name="IsV4">The family of its addresses, which its MAC address is of too.</param>
/// <param name="Vmac">What it is to be.</param>
public sealed record AddressVmac(string Parent, bool IsV4, VmacSettings Vmac);
