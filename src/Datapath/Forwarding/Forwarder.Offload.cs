using System.Runtime.CompilerServices;
using Director.Datapath.Offload;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Datapath.Tracking;
using Director.Net.Wire;

namespace Director.Datapath.Forwarding;

/// <content>
/// Connections that the XDP program forwards. It does to a packet of theirs what <see cref="Transmit"/> would, counts it and notes when;
/// all that moves a connection still comes here. What it has counted is taken over when somebody asks, and before a connection changes
/// or ends.
/// </content>
public sealed partial class Forwarder
{
    /// <summary>Connections whose flows are fetched ahead of the one that is looked at.</summary>
    private const int FlowsAhead = 8;

    /// <summary>Flows that the XDP program has of this worker, those that it gives back at present included. Any thread.</summary>
    public int Flows => _flows?.Count ?? 0;

    /// <summary>Whether there is work that needs no frame to go on with, and is not to wait for one.</summary>
    internal bool HasMore => _flows is not null && (_shutSearch != 0 || _flows.IsReleasing);

    /// <summary>
    /// Takes over what the XDP program has counted for connections from slot <paramref name="from"/> on, and their timers; returns the slot
    /// to go on with, 0 past the last.
    /// </summary>
    internal uint TakeIn(uint from, int count)
    {
        if (_flows is null) return 0;
        var end = Math.Min(from + (uint)count, _connections.HighestSlot + 1);
        for (var slot = from; slot < end; slot++)
        {
            if (slot + FlowsAhead < end) _flows.Prefetch(_connections[slot + FlowsAhead]);
            ref var connection = ref _connections[slot];
            if (connection.IsOffloaded) Review(ref connection);
        }

        return end > _connections.HighestSlot ? 0 : end;
    }

    /// <summary>As <see cref="Continue"/>, for a connection that may be offloaded, or is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Verdict ContinueOffloadable(FrameBatch batch, int i, uint slot)
    {
        ref readonly var packet = ref _packets[i];
        ref var connection = ref _connections[slot];
        if (connection.IsOffloaded) Review(ref connection);
        var isPlain = packet.At == EthernetHeader.Size && packet.HeaderLength == (packet.IsV6 ? Ipv6Header.Size : Ipv4Header.MinSize);
        var verdict = Continue(batch, i, slot);
        if (isPlain && verdict == Verdict.Forward && IsOffloadable(connection)) Open(ref connection, packet, batch[i].Ingress);
        return verdict;
    }

    /// <summary>
    /// Whether the program would do with a packet that is sent on the connection, and is plain, what is done here. The connection may have
    /// ended meanwhile, and its slot be free.
    /// </summary>
    private bool IsOffloadable(in Connection connection)
    {
        if (connection.State is not (ConnectionState.Established or ConnectionState.Udp)) return false;
        ref readonly var server = ref _table.Server(connection.Server);
        return !connection.IsOffloaded && !connection.IsMasqueraded && server.Tunnel is null && server.Vlan == 0;
    }

    private void Open(ref Connection connection, in Packet packet, ushort ingress)
    {
        ref readonly var server = ref _table.Server(connection.Server);
        var (generation, timeout) = (_table.GenerationOf(connection.Server), _timeouts.TicksOf(connection.State));
        switch (_flows!.TryOpen(ref connection, KeyOf(packet), server, generation, ingress, timeout, _tick))
        {
            case FlowOpening.Opened:
                Counters.Add(WorkerCounter.FlowsOpened);
                break;
            case FlowOpening.NoRoom:
                Counters.Add(WorkerCounter.FlowsRefused);
                break;
        }
    }

    private static FlowKey KeyOf(in Packet packet) =>
        new(packet.Key.Client, packet.Key.ClientPort, packet.Virtual, packet.Key.VirtualPort, packet.Protocol);

    /// <summary>Takes over what an offloaded connection's flow has counted; closes it if the program does not find it any more.</summary>
    private void Review(ref Connection connection)
    {
        if (_flows!.IsOpen(connection)) TakeOver(ref connection);
        else Close(ref connection);
    }

    /// <summary>Takes an offloaded connection back into user space.</summary>
    private void Close(ref Connection connection)
    {
        _flows!.Close(ref connection);
        TakeOver(ref connection);
    }

    private void TakeOver(ref Connection connection)
    {
        CountOffloaded(connection.Server, _flows!.Take(connection));
        connection.Deadline = _flows.DeadlineOf(connection);
    }

    private void CountOffloaded(int server, (long Packets, long Bytes) taken)
    {
        if (taken == default) return;
        if (_table.Find(server)?.Traffic is { } traffic)
        {
            traffic[_trafficOffset + RealServerState.PacketsPlace] += taken.Packets;
            traffic[_trafficOffset + RealServerState.BytesPlace] += taken.Bytes;
        }

        Counters.Add(WorkerCounter.Received, taken.Packets);
        Counters.Add(WorkerCounter.Forwarded, taken.Packets);
        Counters.Add(WorkerCounter.Offloaded, taken.Packets);
    }

    /// <summary>Whether a connection whose timer has run out here lives on, as the program has seen packets of it since.</summary>
    private bool LivesOn(uint slot, ref Connection connection)
    {
        if (!connection.IsOffloaded) return false;
        TakeOver(ref connection);
        if (connection.Deadline > _tick)
        {
            _connections.Retain(slot, _tick);
            return true;
        }

        Close(ref connection);
        return false;
    }

    /// <summary>A turn begins. By a new table, flows of servers whose packets go another way are to be taken back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BeginFlows()
    {
        _flows!.Begin(_tick);
        if (_table.LastGeneration == _generation) return;
        _generation = _table.LastGeneration;
        _shutSearch = 1;
    }

    /// <summary>A turn is over: slots of closed flows are given back, and what was left in them is counted.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EndFlows(bool drained, int steps, int releases)
    {
        if (_shutSearch != 0) _shutSearch = TakeIn(_shutSearch, steps);
        _flows!.End(drained, _tick);
        for (var i = 0; i < releases && _flows.TryRelease(out var server, out var left); i++)
            CountOffloaded(server, left);
    }
}
