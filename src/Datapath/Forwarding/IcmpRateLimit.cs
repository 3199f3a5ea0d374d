using Director.Net;

namespace Director.Datapath.Forwarding;

/// <summary>
/// How many ICMP errors may leave: per client one a second after a burst of six, and a thousand a second after a burst of fifty for
/// all of a worker's clients (Linux net/ipv4/icmp.c <c>icmp_global_allow</c>, net/ipv4/inetpeer.c <c>inet_peer_xrlim_allow</c>; the
/// defaults of <c>icmp_ratelimit</c>, <c>icmp_msgs_per_sec</c>, <c>icmp_msgs_burst</c>). One thread only.
/// </summary>
internal sealed class IcmpRateLimit
{
    private const int Ways = 4;
    private const int Sets = DatapathLimits.IcmpLimitedClients / Ways;
    private const long Millisecond = 1_000_000;
    private const long ClientInterval = 1000 * Millisecond;
    private const long ClientBurst = 6 * ClientInterval;
    private const long GlobalPerSecond = 1000;
    private const long GlobalBurst = 50;
    private const long GlobalGrain = 20 * Millisecond;

    private readonly Client[] _clients = new Client[Sets * Ways];
    private long _globalCredit = GlobalBurst;
    private long _globalFilled;

    /// <summary>
    /// Whether an error may go to <paramref name="client"/> now, which is then counted. <paramref name="hash"/> is the client's.
    /// </summary>
    public bool Allow(IpAddress128 client, ulong hash, MonoTime now) =>
        AllowGlobally(now.Nanoseconds) && AllowClient(client, hash, now.Nanoseconds);

    private bool AllowGlobally(long now)
    {
        var elapsed = Math.Min(now - _globalFilled, 1000 * Millisecond);
        if (elapsed >= GlobalGrain)
        {
            _globalCredit = Math.Min(_globalCredit + (GlobalPerSecond * elapsed / (1000 * Millisecond)), GlobalBurst);
            _globalFilled = now;
        }

        if (_globalCredit == 0) return false;
        _globalCredit--;
        return true;
    }

    private bool AllowClient(IpAddress128 client, ulong hash, long now)
    {
        var set = _clients.AsSpan((int)(hash % Sets) * Ways, Ways);
        ref var oldest = ref set[0];
        foreach (ref var entry in set)
        {
            if (entry.Address == client) return entry.Take(now);
            if (entry.Last < oldest.Last) oldest = ref entry;
        }

        oldest = new() { Address = client, Tokens = ClientBurst, Last = now };
        return oldest.Take(now);
    }

    private struct Client
    {
        public IpAddress128 Address;
        public long Tokens;
        public long Last;

        public bool Take(long now)
        {
            Tokens = Math.Min(Tokens + (now - Last), ClientBurst);
            Last = now;
            if (Tokens < ClientInterval) return false;
            Tokens -= ClientInterval;
            return true;
        }
    }
}
