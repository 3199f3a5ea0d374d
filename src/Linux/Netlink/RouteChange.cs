using static Director.Linux.Abi.RouteAbi;

namespace Director.Linux.Netlink;

/// <summary>One change that <see cref="RouteMonitor"/> read. Only what <see cref="Kind"/> speaks of is filled in.</summary>
/// <param name="Kind">What happened.</param>
public readonly record struct RouteChange(RouteChangeKind Kind)
{
    /// <summary>The link as it is now, or last was.</summary>
    public LinkEntry? Link { get; init; }

    /// <summary>The address.</summary>
    public AddressEntry Address { get; init; }

    /// <summary>The neighbour.</summary>
    public NeighbourEntry Neighbour { get; init; }

    /// <summary>Whether changes were lost.</summary>
    public bool IsOverrun => Kind == RouteChangeKind.Overrun;

    /// <summary>The change that says that changes were lost.</summary>
    public static RouteChange Overrun => new(RouteChangeKind.Overrun);

    /// <summary>Reads an event; false if it is of another kind, of another family, or unreadable.</summary>
    internal static bool TryParse(ushort type, ReadOnlySpan<byte> payload, out RouteChange change)
    {
        change = default;
        switch (type)
        {
            case RTM_NEWLINK or RTM_DELLINK:
                if (!LinkMessage.TryParse(payload, out var link)) return false;
                change = new(type == RTM_NEWLINK ? RouteChangeKind.LinkSet : RouteChangeKind.LinkRemoved) { Link = link };
                return true;
            case RTM_NEWADDR or RTM_DELADDR:
                if (!AddressMessage.TryParse(payload, out var address)) return false;
                change = new(type == RTM_NEWADDR ? RouteChangeKind.AddressSet : RouteChangeKind.AddressRemoved) { Address = address };
                return true;
            case RTM_NEWNEIGH or RTM_DELNEIGH:
                if (!NeighbourMessage.TryParse(payload, out var neighbour)) return false;
                change = new(type == RTM_NEWNEIGH ? RouteChangeKind.NeighbourSet : RouteChangeKind.NeighbourRemoved)
                {
                    Neighbour = neighbour,
                };
                return true;
            default:
                return false;
        }
    }
}
