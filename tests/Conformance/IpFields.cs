namespace Director.Tests.Conformance;

/// <summary>What a scenario may choose of an IP header.</summary>
/// <param name="TimeToLive">TTL or hop limit.</param>
/// <param name="TypeOfService">TOS or traffic class.</param>
/// <param name="DontFragment">DF; IPv6 has none.</param>
/// <param name="Identification">IPv4's, or that of the fragment header.</param>
/// <param name="OptionBytes">Bytes of "no operation", a multiple of four; IPv4 only.</param>
/// <param name="FragmentOffset">Bytes of payload before this fragment's.</param>
/// <param name="MoreFragments">Whether others follow.</param>
internal sealed record IpFields(
    byte TimeToLive, byte TypeOfService, bool DontFragment, ushort Identification, int OptionBytes, int FragmentOffset, bool MoreFragments);
