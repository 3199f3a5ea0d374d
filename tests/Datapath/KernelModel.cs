using Director.Datapath;
using Director.Datapath.Tables;
using Director.Net;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>
/// IPVS as its source reads, with none of the engine's structures but its ticks: lists, searched and swept whole. Slow and plain, to
/// hold the engine against. Knows TCP, DR, wlc and rr, persistence by single client, and the sysctls about connections.
/// </summary>
internal sealed class KernelModel(string scheduler, int? persistence, IpvsSettings settings)
{
    private readonly List<Dest> _pool = [];
    private readonly List<Dest> _known = [];
    private readonly List<Conn> _conns = [];
    private readonly List<Template> _templates = [];
    private Dest? _last;
    private uint _tick;

    public int Connections => _conns.Count;

    public int Templates => _templates.Count;

    public (int Active, int Total, int Persistent) CountsOf(int server)
    {
        var dest = _known.Single(known => known.Number == server);
        return (_conns.Count(conn => conn.Dest == dest && conn.IsActive),
            _conns.Count(conn => conn.Dest == dest),
            _templates.Count(template => template.Dest == dest));
    }

    public void Configure(IReadOnlyList<(int Number, int Weight)> oldestFirst)
    {
        foreach (var dest in _pool.Where(dest => oldestFirst.All(wanted => wanted.Number != dest.Number)).Reverse().ToList())
        {
            if (_last == dest) _last = _pool.IndexOf(dest) is > 0 and var index ? _pool[index - 1] : null;
            _pool.Remove(dest);
        }

        foreach (var (number, weight) in oldestFirst)
        {
            var dest = _known.SingleOrDefault(known => known.Number == number);
            if (dest is null) _known.Add(dest = new(number));
            dest.Weight = weight;
            if (!_pool.Contains(dest)) _pool.Insert(0, dest);
        }

        if (!settings.ExpireNodestConn) return;
        foreach (var orphan in _conns.Where(conn => !_pool.Contains(conn.Dest)).ToList()) End(orphan);
    }

    /// <summary>It is that late now; what is due ends.</summary>
    public void Pass(MonoTime now)
    {
        _tick = Ticks.At(now);
        foreach (var conn in _conns.Where(conn => conn.Deadline <= _tick).ToList())
            End(conn);

        foreach (var template in _templates.Where(template => template.Deadline <= _tick).ToList())
        {
            if (template.Controlled == 0) _templates.Remove(template);
            else (template.Timeout, template.Deadline) = (60, After(60));
        }
    }

    /// <summary>The server's number; 0 no destination, -1 to the host, -2 dropped.</summary>
    public int Packet(int client, int port, TcpFlags flags)
    {
        var conn = _conns.SingleOrDefault(each => each.Client == client && each.Port == port);
        var syn = flags.HasFlag(TcpFlags.Syn);
        Conn? dying = null;
        if (conn is not null && syn && IsRescheduled(conn)) (dying, conn) = (conn, null);
        if (conn is not null && !_pool.Contains(conn.Dest)) return -2;
        var verdict = 0;
        if (conn is null)
        {
            if (flags.HasFlag(TcpFlags.Rst) || !(syn || settings.SloppyTcp)) verdict = -1;
            else if ((conn = Schedule(client, port)) is not null) _conns.Add(conn);
        }

        if (conn is not null)
        {
            conn.State = Next(conn.State, flags);
            conn.Deadline = After(Timeout(conn.State));
            verdict = conn.Dest.Number;
        }

        if (dying is not null) End(dying);
        return verdict;
    }

    private bool IsRescheduled(Conn conn)
    {
        if (settings.ExpireNodestConn && conn.Dest.Weight == 0) return true;
        if (settings.ConnReuseMode == 0 || conn.Control is not null) return false;
        return conn.State is "TIME_WAIT" or "CLOSE" || ((settings.ConnReuseMode & 2) != 0 && conn.State == "FIN_WAIT");
    }

    private void End(Conn conn)
    {
        _conns.Remove(conn);
        if (conn.Control is not null) conn.Control.Controlled--;
    }

    private uint After(int seconds) => _tick + Ticks.For(TimeSpan.FromSeconds(seconds));

    private Conn? Schedule(int client, int port)
    {
        if (persistence is not { } timeout) return Pick() is { } dest ? new(client, port, dest, null) : null;
        var template = _templates.SingleOrDefault(each => each.Client == client);
        var isQuiescent = settings.ExpireQuiescentTemplate && template?.Dest.Weight == 0;
        if (template is not null && (isQuiescent || !_pool.Contains(template.Dest)))
        {
            template.Client = -1;
            template = null;
        }

        if (template is null)
        {
            if (Pick() is not { } picked) return null;
            _templates.Add(template = new(picked) { Client = client, Timeout = timeout });
        }

        template.Controlled++;
        template.Deadline = After(template.Timeout);
        return new(client, port, template.Dest, template);
    }

    private Dest? Pick()
    {
        if (scheduler == "rr")
        {
            var start = _last is null ? 0 : _pool.IndexOf(_last) + 1;
            var next = _pool.Skip(start).Concat(_pool.Take(start)).FirstOrDefault(dest => dest.Weight > 0);
            return next is null ? null : _last = next;
        }

        Dest? best = null;
        foreach (var dest in _pool.Where(dest => dest.Weight > 0))
            if (best is null || Load(best) * dest.Weight > Load(dest) * best.Weight) best = dest;
        return best;

        long Load(Dest dest) => (256L * _conns.Count(conn => conn.Dest == dest && conn.IsActive)) + _conns.Count(conn => conn.Dest == dest);
    }

    private static string Next(string state, TcpFlags flags)
    {
        if (flags.HasFlag(TcpFlags.Rst)) return state == "SYN_RECV" ? state : "CLOSE";
        if (flags.HasFlag(TcpFlags.Syn)) return state == "ESTABLISHED" ? state : "SYN_RECV";
        if (flags.HasFlag(TcpFlags.Fin))
        {
            return state switch
            {
                "ESTABLISHED" or "FIN_WAIT" => "FIN_WAIT",
                "SYN_RECV" or "TIME_WAIT" => "TIME_WAIT",
                _ => "CLOSE",
            };
        }

        if (!flags.HasFlag(TcpFlags.Ack)) return "CLOSE";
        return state is "NONE" or "SYN_RECV" ? "ESTABLISHED" : state;
    }

    private static int Timeout(string state) => state switch { "ESTABLISHED" => 900, "SYN_RECV" => 60, "CLOSE" => 10, _ => 120 };

    private sealed class Dest(int number)
    {
        public int Number => number;

        public int Weight { get; set; }
    }

    private sealed class Template(Dest dest)
    {
        public Dest Dest => dest;

        public int Client { get; set; }

        public int Timeout { get; set; }

        public uint Deadline { get; set; }

        public int Controlled { get; set; }
    }

    private sealed class Conn(int client, int port, Dest dest, Template? control)
    {
        public int Client => client;

        public int Port => port;

        public Dest Dest => dest;

        public Template? Control => control;

        public string State { get; set; } = "NONE";

        public uint Deadline { get; set; }

        public bool IsActive => State is "ESTABLISHED" or "SYN_RECV";
    }
}
