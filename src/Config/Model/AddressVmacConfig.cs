namespace Director.Config;

/// <summary>
/// <c>use_vmac_addr</c>, or <c>use_vmac</c> behind an address: an interface for the virtual MAC address where the instance's own is not.
/// </summary>
/// <param name="Parent">The interface that it is on.</param>
/// <param name="IsV4">The family of its addresses, and of its MAC address.</param>
/// <param name="Vmac">What it is; its name begins with <c>vmac_addr_prefix</c>.</param>
public sealed record AddressVmacConfig(string Parent, bool IsV4, VmacConfig Vmac);
