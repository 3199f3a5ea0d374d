using Director.Net;

namespace Director.Config;

/// <summary><c>use_vmac</c>: a virtual router's interface for its virtual MAC address.</summary>
/// <param name="Name">Its name: what was written, or <c>vmac_prefix</c> and the virtual router's number; unique.</param>
/// <param name="Mac">The address written; null for that of RFC 9568 §7.3.</param>
/// <param name="AdvertisesOnParent"><c>vmac_xmit_base</c>: whether adverts go out of the instance's own interface.</param>
/// <param name="Group"><c>group</c>: the group of interfaces that it belongs to (ip-link(8)); 0 is that of all that have none.</param>
public sealed record VmacConfig(string Name, MacAddress? Mac, bool AdvertisesOnParent, uint Group = 0);
