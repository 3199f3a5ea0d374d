using Director.Linux.Bpf;
using Director.Net.Wire;

namespace Director.Linux.Xdp;

/// <summary>
/// The array by which the steering program knows the VLANs of its device: of each id, whether frames are looked at behind that tag. Id 0
/// always is, as it is no VLAN.
/// </summary>
internal sealed class ServedVlans : IDisposable
{
    private readonly BpfMap<uint, uint> _map;

    private ServedVlans(BpfMap<uint, uint> map, IReadOnlyList<ushort> ids) => (_map, Ids) = (map, ids);

    /// <summary>The VLANs' ids.</summary>
    public IReadOnlyList<ushort> Ids { get; }

    /// <summary>The map's descriptor.</summary>
    public int Descriptor => _map.Descriptor;

    /// <summary>Makes one for these VLANs.</summary>
    /// <exception cref="LinuxException">The process may not use bpf(2).</exception>
    public static ServedVlans Create(IReadOnlyList<ushort> ids)
    {
        using var undo = new Undo();
        var map = undo.Add(BpfMap<uint, uint>.Create(BpfMapType.Array, "director_vlans", VlanTag.IdMask + 1));
        map.Set(0, 1);
        foreach (var id in ids) map.Set(id, 1);
        undo.Keep();
        return new(map, ids);
    }

    /// <summary>Gives the descriptor back.</summary>
    public void Dispose() => _map.Dispose();
}
