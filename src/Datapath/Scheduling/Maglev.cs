using System.Numerics;

namespace Director.Datapath.Scheduling;

/// <summary>
/// mh: consistent hashing of the client's address and, if flagged so, port (Linux net/netfilter/ipvs/ip_vs_mh.c; Eisenbud et al.,
/// "Maglev", NSDI 2016). The hash keys are constants: every director has the same table. A server that is set to weight 0 keeps its
/// slots, so that no other server's clients move.
/// </summary>
internal sealed class Maglev : Scheduler
{
    /// <summary>Slots of the table (<c>CONFIG_IP_VS_MH_TAB_INDEX=12</c>); servers that join when there are as many get none.</summary>
    public const int Slots = 4093;

    private const ulong SlotKey = 2654435761;
    private const ulong StepKey = 2654446892;

    /// <summary>Bits of weight that the table tells apart.</summary>
    private const int WeightBits = 6;

    /// <summary>Indices of servers; empty without any. Replaced, never written: copies share it.</summary>
    private ushort[] _table = [];

    public override int Pick(in SchedulingRequest request)
    {
        if (_table.Length == 0) return -1;
        var servers = Pool.Servers;
        var client = unchecked(AddressHash.Fold(request.Client.Address) + PortOf(request));
        var slot = SlotOf(client);
        int index = _table[slot];
        if (servers[index].IsEligible) return index;
        if ((Flags & SchedulerFlags.Fallback) == 0) return -1;
        for (var offset = 0; offset < Slots; offset++)
        {
            index = _table[SlotOf(unchecked(client + (uint)((offset + slot) % Slots)))];
            if (servers[index].IsEligible) return index;
        }

        return -1;
    }

    /// <summary>The slot that <paramref name="value"/>, a folded address and a port, leads to.</summary>
    internal static int SlotOf(uint value) => (int)(SipHash13.Of(SlotKey, value) % Slots);

    /// <summary>How far apart the slots are that a server of that value asks for, one after another.</summary>
    internal static int StepOf(uint value) => (int)(SipHash13.Of(StepKey, value) % (Slots - 1)) + 1;

    protected override void OnSettled()
    {
        var servers = Pool.Servers;
        if (servers.Length > Slots) servers = servers[^Slots..];
        _table = Populate(servers, Pool.Count - servers.Length, TurnsOf(servers));
    }

    /// <summary>How many slots each server takes in a row: its weight, by as much smaller as all can be.</summary>
    private static int[] TurnsOf(ReadOnlySpan<PooledServer> servers)
    {
        var divisor = 0;
        var heaviest = 0;
        foreach (ref readonly var server in servers)
        {
            if (server.LastWeight > 0) divisor = Divisor.Greatest(server.LastWeight, divisor);
            heaviest = Math.Max(heaviest, server.LastWeight);
        }

        var turns = new int[servers.Length];
        if (divisor == 0) return turns;
        var shift = Math.Max(0, 32 - BitOperations.LeadingZeroCount((uint)(heaviest / divisor)) - WeightBits);
        for (var i = 0; i < turns.Length; i++)
            turns[i] = Math.Max(servers[i].LastWeight / divisor >> shift, Math.Min(servers[i].LastWeight, 1));
        return turns;
    }

    private static ushort[] Populate(ReadOnlySpan<PooledServer> servers, int firstIndex, int[] turns)
    {
        if (!turns.AsSpan().ContainsAnyExcept(0)) return [];
        var (places, steps) = (new int[servers.Length], new int[servers.Length]);
        for (var i = 0; i < servers.Length; i++)
        {
            var server = servers[i].State.Key.Server;
            var value = unchecked(AddressHash.Fold(server.Address) + server.Port);
            (places[i], steps[i]) = (SlotOf(value), StepOf(value));
        }

        var table = new ushort[Slots];
        var isTaken = new bool[Slots];
        for (var taken = 0; ;)
        {
            for (var i = 0; i < servers.Length; i++)
            {
                for (var turn = 0; turn < turns[i]; turn++)
                {
                    var place = places[i];
                    while (isTaken[place]) place = (place + steps[i]) % Slots;
                    places[i] = place;
                    isTaken[place] = true;
                    table[place] = (ushort)(firstIndex + i);
                    if (++taken == Slots) return table;
                }
            }
        }
    }
}
