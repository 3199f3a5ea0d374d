namespace Director.Vrrp;

/// <summary>The protocol's version, as it stands in the upper four bits of an advertisement.</summary>
public enum VrrpVersion : byte
{
    /// <summary>RFC 3768, with the authentication field of RFC 2338: IPv4, intervals in whole seconds.</summary>
    V2 = 2,

    /// <summary>RFC 9568: IPv4 and IPv6, intervals in centiseconds, no authentication.</summary>
    V3 = 3,
}
