using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Director.Admin;
using Director.Datapath;
using Director.Datapath.Offload;
using Director.Linux;
using Director.Linux.Xdp;
using Director.Net;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>
/// Flow offload of this director: the memory that the XDP programs and the workers share, and by which devices flows may leave. If it
/// cannot be had, or is not wanted, there is none, and why. Control's, with a thread of its own for the proofs.
/// </summary>
internal sealed class Offload : IDisposable
{
    /// <summary>How long a neighbour has to answer; one on the link takes milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>There may be tens of thousands of servers, and one of them changes often.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly OffloadMode _mode;
    private readonly string _why;
    private readonly ILogger _log;
    private readonly ProgramGrace? _grace;
    private readonly OffloadWays _ways = new();
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _news = new(false);
    private IReadOnlyList<XdpDevice> _devices = [];
    private IReadOnlyList<VirtualServiceSpec>? _services;
    private MonoTime _nextLook;
    private Thread? _prover;
    private bool _stopping;

    private Offload(OffloadMode mode, string why, ILogger log) => (_mode, _why, _log) = (mode, why, log);

    private Offload(OffloadMode mode, FlowMaps maps, ProgramGrace grace, int after, ILogger log)
        : this(mode, "", log) => (Maps, _grace, Table) = (maps, grace, new(maps.Memory, grace, maps.Hash.Seed, after));

    /// <summary>What the programs are to share with the workers; null if there is no offload.</summary>
    public FlowMaps? Maps { get; }

    /// <summary>The same for the workers.</summary>
    public FlowTable? Table { get; }

    /// <summary>Makes it, if the settings, the mode and the kernel allow it; nothing is offloaded before <see cref="Start"/>.</summary>
    public static Offload Create(DatapathMode mode, DatapathSettings settings, ILogger log)
    {
        if (settings.Offload == OffloadMode.Off) return new(OffloadMode.Off, "Datapath:Offload is off", log);
        if (WhyNot(mode) is { } why) return Without(why);
        FlowMaps? maps = null;
        try
        {
            maps = FlowMaps.Create(settings.OffloadFlows, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
            maps.Try();
            return new(settings.Offload, maps, ProgramGrace.Create(), settings.OffloadAfter, log);
        }
        catch (LinuxException refusal)
        {
            maps?.Dispose();
            return Without(refusal.Message);
        }

        Offload Without(string why)
        {
            var level = settings.Offload == OffloadMode.On ? LogLevel.Warning : LogLevel.Information;
            log.Log(level, "flows are not offloaded: {Why}", why);
            return new(OffloadMode.Off, why, log);
        }
    }

    /// <summary>The programs are attached to these devices, by number.</summary>
    public void Start(IReadOnlyList<XdpDevice> devices)
    {
        _devices = devices;
        if (Table is null) return;
        if (_mode == OffloadMode.On)
        {
            for (var egress = 0; egress < devices.Count; egress++) Allow((ushort)egress, true);
            return;
        }

        _prover = new Thread(Prove) { IsBackground = true, Name = "offload-proof" };
        _prover.Start();
    }

    /// <summary>
    /// Says who could be asked whether what is sent arrives: servers to which established flows could be sent on. Costs nothing; the thread
    /// that asks looks at it, at most once a second.
    /// </summary>
    public void Look(IReadOnlyList<VirtualServiceSpec> services)
    {
        if (_prover is null) return;
        Volatile.Write(ref _services, services);
        _news.Set();
    }

    /// <summary>Devices have changed: flows that are open end, and what was proven of devices is to be proven again.</summary>
    public void Renew(IReadOnlyList<XdpDevice> devices)
    {
        if (Table is null) return;
        lock (_gate)
        {
            _devices = devices;
            if (_prover is not null)
            {
                for (var egress = 0; egress < devices.Count; egress++) Allow((ushort)egress, false);
                _ways.Forget(MonotonicClock.Instance.Now);
            }

            Table.CloseAll();
        }

        _news.Set();
    }

    /// <summary>How it stands, with the flows that the workers have open.</summary>
    public OffloadStatus Status(int flows)
    {
        if (Table is null) return new("off", _why, 0, 0, []);
        var capacity = Maps!.Memory.CapacityV4;
        if (_mode == OffloadMode.On) return new("on", "Datapath:Offload is on: nothing is proven", flows, capacity, []);
        lock (_gate)
        {
            var standings = _ways.Standings;
            var proven = standings.Count(standing => standing.IsProven);
            var (state, why) = (proven, standings.Count) switch
            {
                (_, 0) => ("proving", "no server is known yet that could prove that what XDP sends arrives"),
                var (some, all) when some == all => ("on", "what XDP sends has been proven to arrive"),
                (0, _) when standings.All(standing => standing.Unanswered == 0) => ("proving", "servers are being asked"),
                (0, _) => ("off", "what XDP sends does not arrive"),
                _ => ("partly", "what XDP sends does not arrive everywhere"),
            };
            return new(state, why, flows, capacity, [.. standings.Select(Text)]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _stopping, true);
        _news.Set();
        _prover?.Join();
        _news.Dispose();
        Table?.Dispose();
        _grace?.Dispose();
        Maps?.Dispose();
    }

    private static string? WhyNot(DatapathMode mode)
    {
        if (mode != DatapathMode.Xdp) return "only native XDP forwards by itself";
        // Programs and workers read and write slots without barriers, in the order of their instructions.
        return RuntimeInformation.ProcessArchitecture == Architecture.X64 ? null : "it relies on the order of loads and stores of x86-64";
    }

    private void Allow(ushort egress, bool isAllowed)
    {
        for (var ingress = 0; ingress < _devices.Count; ingress++) Table!.Allow((ushort)ingress, egress, isAllowed);
    }

    private void Prove()
    {
        while (!Volatile.Read(ref _stopping))
        {
            OffloadWays.Question question;
            TimeSpan wait;
            bool isAsked;
            IReadOnlyList<XdpDevice> devices;
            lock (_gate)
            {
                var now = MonotonicClock.Instance.Now;
                LookAround(now);
                devices = _devices;
                isAsked = _ways.TryNext(now, out question);
                var next = MonoTime.Min(_ways.NextDeadline, Volatile.Read(ref _services) is null ? MonoTime.Never : _nextLook);
                wait = next.IsNever ? Timeout.InfiniteTimeSpan : next > now ? next - now : TimeSpan.Zero;
            }

            if (isAsked) Ask(question, devices);
            else _news.WaitOne(wait);
        }
    }

    private void LookAround(MonoTime now)
    {
        if (now < _nextLook || Interlocked.Exchange(ref _services, null) is not { } services) return;
        _nextLook = now + BetweenLooks;
        var neighbours = services.SelectMany(service => service.Servers)
            .Where(server => server is { IsLocal: false, Method: ForwardingMethod.DirectRouting, NextHop: { Vlan: 0 } })
            .Select(server => (server.NextHop!.Value.Egress,
                Neighbour: new OffloadWays.Neighbour(server.Endpoint.Address, server.NextHop.Value.Destination)))
            .Distinct()
            .ToLookup(behind => behind.Egress, behind => behind.Neighbour);
        _ways.Set(neighbours, _devices.Count, now);
    }

    private void Ask(OffloadWays.Question question, IReadOnlyList<XdpDevice> devices)
    {
        var (isAnswered, refusal) = (false, (string?)null);
        var egress = devices[question.Egress];
        try
        {
            isAnswered = DeliveryProof.IsAnswered(
                Maps!, devices[question.Ingress], egress, question.Egress, question.Neighbour.Address, question.Neighbour.Mac, Patience);
        }
        catch (LinuxException exception)
        {
            refusal = exception.Message;
        }

        lock (_gate)
        {
            // What was found out about devices that are others by now says nothing.
            if (!ReferenceEquals(devices, _devices)) return;
            var hasChanged = _ways.Take(question, isAnswered, refusal, MonotonicClock.Instance.Now);
            var standing = _ways.Standings.First(standing => standing.Egress == question.Egress);
            if (hasChanged)
            {
                Allow(question.Egress, standing.IsProven);
                if (!standing.IsProven) Table!.CloseAll();
            }

            if (hasChanged && standing.IsProven) _log.LogInformation("{Way}: flows are offloaded", Text(standing));
            else if (hasChanged || (standing is { IsProven: false, Unanswered: 1 })) _log.LogWarning("{Way}", Text(standing));
        }
    }

    private string Text(OffloadWays.Standing standing)
    {
        var device = _devices[standing.Egress].Name;
        return standing switch
        {
            { IsProven: true } => $"frames that XDP sends by {device} arrive: {standing.Last!.Value.Address} has answered one",
            { Refusal: { } refusal } => $"frames that XDP sends by {device} are not proven to arrive: {refusal}",
            { Unanswered: 0 } => $"frames that XDP sends by {device} are not proven to arrive yet",
            _ => string.Create(CultureInfo.InvariantCulture, $"""
                frames that XDP sends by {device} do not arrive: {standing.Last!.Value.Address} has not answered, {
                standing.Unanswered} time(s) in a row. If {device} is a veth, its peer needs GRO (`ethtool -K PEER gro on`, there and once
                it is up) or an XDP program; a network card may need a newer driver
                """).ReplaceLineEndings(" "),
        };
    }
}
