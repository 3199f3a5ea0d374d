using Director.Datapath;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Linux.Xdp;

/// <summary>
/// What is to be steered, by who wants it: a place is steered as long as somebody does. Moves from one forwarding table to the next by
/// what differs between them. Pure.
/// </summary>
internal sealed class SteeredPlaces
{
    private readonly Dictionary<SteeringKey, int> _holders = [];
    private readonly int[] _counts = new int[Enum.GetValues<SteeringKind>().Length];
    private Wanted _wanted = new(PagedArray<VirtualService>.Empty, [], []);

    /// <summary>The addresses of this host that are steered now.</summary>
    private IReadOnlyCollection<IpAddress128> _own = [];

    /// <summary>Of the places that were touched by the move in hand, whether they were steered before it.</summary>
    private Dictionary<SteeringKey, bool> _touched = [];

    /// <summary>How many places are steered.</summary>
    public int Count => _holders.Count;

    /// <summary>How many of a kind.</summary>
    public int CountOf(SteeringKind kind) => _counts[(int)kind];

    /// <summary>Who wants places.</summary>
    public Wanted Current => _wanted;

    /// <summary>
    /// Has these wanted from now on and nothing else. Returns what has become steered, servers before services, so that no answer goes to
    /// the host meanwhile; and what is no longer, in the reverse order.
    /// </summary>
    public (SteeringKey[] Added, SteeringKey[] Removed) MoveTo(Wanted wanted)
    {
        _touched = [];
        foreach (var place in _wanted.Services.ChangesSince(wanted.Services)) Change(PlacesOf(_wanted.Services[place]), -1);
        foreach (var place in wanted.Services.ChangesSince(_wanted.Services)) Change(PlacesOf(wanted.Services[place]), +1);
        Change(_wanted.Others, -1);
        Change(wanted.Others, +1);
        var own = CountOf(SteeringKind.Server) > 0 ? wanted.Own : [];
        if (!ReferenceEquals(own, _own))
        {
            Change(_own.Select(SteeringKey.OfOwn), -1);
            Change(own.Select(SteeringKey.OfOwn), +1);
        }

        (_wanted, _own) = (wanted, own);
        var added = _touched.Where(place => !place.Value).Select(place => place.Key).Where(_holders.ContainsKey);
        var removed = _touched.Where(place => place.Value).Select(place => place.Key).Where(key => !_holders.ContainsKey(key));
        return ([.. added.OrderByDescending(key => key.Kind)], [.. removed.OrderBy(key => key.Kind)]);
    }

    /// <summary>The places of a service: FTP's data may come by any port.</summary>
    public static IEnumerable<SteeringKey> PlacesOf(ServiceKey service)
    {
        yield return new(service);
        if (service is { Protocol: IpProtocol.Tcp, Virtual.Port: FtpPorts.Control })
            yield return new(service with { Virtual = service.Virtual with { Port = 0 } });
    }

    /// <summary>The places of a masqueraded server.</summary>
    public static IEnumerable<SteeringKey> PlacesOf((IpProtocol Protocol, Endpoint Address) server) =>
        [SteeringKey.OfServer(server.Protocol, server.Address), SteeringKey.OfServerAddress(server.Address.Address)];

    private static IEnumerable<SteeringKey> PlacesOf(VirtualService service) =>
        PlacesOf(service.Key).Concat(service.Masqueraded.SelectMany(PlacesOf));

    private void Change(IEnumerable<SteeringKey> places, int by)
    {
        foreach (var place in places)
        {
            var before = _holders.GetValueOrDefault(place);
            _touched.TryAdd(place, before > 0);
            var after = before + by;
            if (after == 0) _holders.Remove(place);
            else _holders[place] = after;
            if (before == 0) _counts[(int)place.Kind]++;
            else if (after == 0) _counts[(int)place.Kind]--;
        }
    }

    /// <summary>Who wants places.</summary>
    /// <param name="Services">Services, and the masqueraded servers that they list.</param>
    /// <param name="Others">Places that nobody lists. Not to be changed afterwards.</param>
    /// <param name="Own">Addresses of this host, steered while any server is masqueraded. Not to be changed afterwards.</param>
    public sealed record Wanted(
        PagedArray<VirtualService> Services, IReadOnlyCollection<SteeringKey> Others, IReadOnlyCollection<IpAddress128> Own);
}
