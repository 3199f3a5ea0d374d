using Director.Datapath.Forwarding;
using Director.Datapath.Tables;

namespace Director.Datapath.Stats;

/// <summary>A walk through one worker's connections.</summary>
/// <param name="answered">As <see cref="TableScan"/>.</param>
public sealed class ConnectionScan(Action answered) : TableScan(answered)
{
    private readonly Connection[] _slots = new Connection[Slots];
    private uint _next = 1;
    private int _count;

    /// <inheritdoc/>
    public override void Read(ICollection<ConnectionEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (ref readonly var slot in _slots.AsSpan(0, _count))
        {
            if ((slot.Flags & ConnectionFlags.InUse) == 0 || Table.Find(slot.Server) is not { } server) continue;
            var service = server.Key.Service;
            var port = slot.Key.VirtualPort;
            if (slot.IsMasqueraded) port = slot.ServerPort;
            else if (service.Virtual.Port == port && server.Key.Server.Port != 0) port = server.Key.Server.Port;
            entries.Add(new(
                service,
                new(slot.Key.Client, slot.Key.ClientPort),
                VirtualOf(slot.Key, service),
                server.Key.Server with { Port = port },
                ConnectionEntry.NameOf(slot.State),
                IsTemplate: false,
                Remaining(slot.Deadline),
                slot.IsOffloaded));
        }
    }

    private protected override void Copy(Forwarder forwarder)
    {
        forwarder.TakeIn(_next, Slots);
        _count = forwarder.Connections.CopyTo(_slots, _next);
        _next += (uint)_count;
        IsAtEnd = _count < Slots;
    }
}
