using Director.Datapath.Forwarding;
using Director.Datapath.Tables;

namespace Director.Datapath.Stats;

/// <summary>A walk through the persistence templates, which all workers share; any of them may be asked.</summary>
/// <param name="answered">As <see cref="TableScan"/>.</param>
public sealed class TemplateScan(Action answered) : TableScan(answered)
{
    /// <summary>
    /// The port of a template that is no longer found (Linux net/netfilter/ipvs/ip_vs_conn.c <c>ip_vs_check_template</c>).
    /// </summary>
    private const ushort Invalid = 65535;

    private readonly Template[] _slots = new Template[Slots];
    private int _stripe;
    private uint _next = 1;
    private int _count;

    /// <inheritdoc/>
    public override void Read(ICollection<ConnectionEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (ref readonly var slot in _slots.AsSpan(0, _count))
        {
            if (slot.Server == 0 || Table.Find(slot.Server) is not { } server) continue;
            var service = server.Key.Service;
            var address = VirtualOf(slot.Key, service);
            var port = slot.Key.VirtualPort == 0 ? (ushort)0 : server.Key.Server.Port;
            entries.Add(new(
                service,
                new(slot.Key.Client, 0),
                slot.IsListed ? address : address with { Port = Invalid },
                server.Key.Server with { Port = slot.IsListed ? port : Invalid },
                slot.IsAssured ? "ASSURED" : "NONE",
                IsTemplate: true,
                Remaining(slot.Deadline)));
        }
    }

    private protected override void Copy(Forwarder forwarder)
    {
        IsAtEnd = !forwarder.Persistence.TryCopyTo(_slots, _stripe, _next, out _count);
        _next += (uint)_count;
        if (_count == Slots) return;
        _stripe++;
        _next = 1;
    }
}
