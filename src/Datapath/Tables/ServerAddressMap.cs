using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// The <see cref="AddressMap"/> of masqueraded servers, which may be tens of thousands and come and go one at a time: in parts by hash,
/// of which the next version makes those anew that a change falls into. Immutable.
/// </summary>
internal sealed class ServerAddressMap
{
    private const int Parts = 256;

    private readonly AddressMap[] _parts;

    private ServerAddressMap(AddressMap[] parts) => _parts = parts;

    /// <summary>No addresses.</summary>
    public static ServerAddressMap Empty { get; } = new([.. Enumerable.Repeat(new AddressMap([]), Parts)]);

    /// <summary>The number of the pair, or 0 if it has none.</summary>
    public uint Find(IpProtocol protocol, IpAddress128 address) => _parts[PartOf((protocol, address))].Find(protocol, address);

    /// <summary>The next version, with these numbers in the place of what the pairs had; 0 is none.</summary>
    public ServerAddressMap With(IEnumerable<((IpProtocol Protocol, IpAddress128 Address) Pair, uint Number)> changes)
    {
        var parts = _parts;
        foreach (var changed in changes.GroupBy(change => PartOf(change.Pair)))
        {
            if (ReferenceEquals(parts, _parts)) parts = [.. parts];
            var numbers = _parts[changed.Key].All.ToDictionary(entry => entry.Pair, entry => entry.Number);
            foreach (var (pair, number) in changed) numbers[pair] = number;
            parts[changed.Key] = new([.. numbers.Where(entry => entry.Value != 0).Select(entry => (entry.Key, entry.Value))]);
        }

        return ReferenceEquals(parts, _parts) ? this : new(parts);
    }

    private static int PartOf((IpProtocol Protocol, IpAddress128 Address) pair) =>
        (int)(AddressMap.Hash(pair.Protocol, pair.Address) >> 56);
}
