using Director.Net;
using Director.Net.Wire;

namespace Director.Vrrp;

/// <summary>
/// What an advertisement is to a router: it compares priorities, and of two equal ones the source addresses (RFC 3768 §6.4.3).
/// </summary>
public static class Election
{
    /// <summary>
    /// The event that an advertisement is for a router of <paramref name="ownPriority"/> sending from <paramref name="ownSource"/>.
    /// </summary>
    public static VrrpEventKind Rank(byte priority, IpAddress128 source, byte ownPriority, IpAddress128 ownSource)
    {
        if (priority == VrrpPriority.Resign) return VrrpEventKind.ResigningAdvert;
        if (priority != ownPriority) return priority > ownPriority ? VrrpEventKind.HigherAdvert : VrrpEventKind.LowerAdvert;
        if (source == ownSource) return VrrpEventKind.EqualAdvertSameSource;
        return source > ownSource ? VrrpEventKind.EqualAdvertHigherSource : VrrpEventKind.EqualAdvertLowerSource;
    }
}
