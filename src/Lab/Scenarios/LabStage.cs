using System.Globalization;
using System.Reflection;
using Director.Lab.Client;
using Director.Lab.Namespaces;
using Director.Lab.Topology;
using Director.Lab.Web;
using Director.Net;

namespace Director.Lab.Scenarios;

/// <summary>
/// The real stage: a <see cref="LabTopology"/> with directors, web servers and clients as processes in it. Directors write their logs
/// to files, so that a network which is kept outlives the lab.
/// </summary>
internal sealed class LabStage : ILabStage, IDisposable
{
    private static readonly string[] Configurations = ["master.conf", "backup.conf"];
    private readonly LabOptions _options;
    private readonly NamespaceSet _set;
    private readonly LabTopology _topology;
    private readonly Dictionary<string, LabDirector> _directors = [];
    private readonly Dictionary<string, NamespaceProcess> _servers = [];
    private NamespaceProcess? _steady;

    /// <summary>Builds the network of <paramref name="plan"/> and puts the example's configurations on the directors.</summary>
    /// <param name="options">How to start things.</param>
    /// <param name="plan">What to build.</param>
    /// <param name="edit">Changes made to the example's text before it is used; none if not given.</param>
    public LabStage(LabOptions options, LabPlan plan, Func<string, string>? edit = null)
    {
        (_options, Plan) = (options, plan);
        _set = new NamespaceSet(options.Keep);
        try
        {
            _topology = new(plan, _set);
            foreach (var (host, file) in plan.Directors.Zip(Configurations))
            {
                var example = Example(plan.Name, file) + (plan.HasIpv6 ? "\n" + Example(plan.Name, "ipv6.conf") : "");
                var configuration = edit?.Invoke(example) ?? example;
                _directors[host.Role] = new(host, _topology[host.Role], $"{_set.Directory}/{host.Role}", configuration, options);
            }
        }
        catch
        {
            _set.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public LabPlan Plan { get; }

    /// <inheritdoc/>
    public MonoTime Now => LabClock.Shared.Now;

    /// <inheritdoc/>
    public RequestLog Requests { get; } = new();

    /// <summary>The directors, in the order of the plan.</summary>
    public IEnumerable<LabDirector> Directors => Plan.Directors.Select(host => _directors[host.Role]);

    /// <summary>The network.</summary>
    public LabTopology Topology => _topology;

    /// <summary>The namespaces.</summary>
    public NamespaceSet Namespaces => _set;

    /// <inheritdoc/>
    public Task PauseAsync(TimeSpan span, CancellationToken stop) => Task.Delay(span, stop);

    /// <inheritdoc/>
    public async Task<StageView> ObserveAsync(CancellationToken stop)
    {
        var views = new List<DirectorView>();
        foreach (var director in Directors)
            views.Add(new(director.Role, director.IsRunning, _topology.HasVip(director.Role), await director.StatusAsync(stop)));
        return new(Now, views);
    }

    /// <inheritdoc/>
    public void StartDirector(string role) => _directors[role].Start();

    /// <inheritdoc/>
    public void EndDirector(string role, DirectorEnd how) => _directors[role].End(how);

    /// <inheritdoc/>
    public async Task StartServerAsync(string role, CancellationToken stop)
    {
        if (_servers.Remove(role, out var previous)) previous.Dispose();
        string[] echo = Plan.Balanced ? ["--echo", $"{LabPlan.Vip}:{LabPlan.EchoPort}"] : [];
        var server = _topology[role].Start(
            [.. _options.Self, "lab-web", "--name", role, "--listen", $"{Everywhere}:{LabPlan.Port}", .. echo]);
        _servers[role] = server;
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.OnLine(line =>
        {
            if (line.StartsWith(LabWeb.Listening, StringComparison.Ordinal)) listening.TrySetResult();
        });
        var ended = server.WaitAsync(stop);
        await Task.WhenAny(listening.Task, ended);
        stop.ThrowIfCancellationRequested();
        if (server.HasExited) throw new LabException($"the web server on {role} ended at once: {string.Join(" / ", server.Lines)}");
    }

    /// <inheritdoc/>
    public void StopServer(string role) => _servers[role].Kill();

    /// <summary>Tells the web server on a machine to leave, and waits until it has given each of its connections a last answer.</summary>
    public Task DrainServerAsync(string role, CancellationToken stop)
    {
        _servers[role].Kill("TERM");
        return _servers[role].WaitAsync(stop);
    }

    /// <inheritdoc/>
    public void StartAsking()
    {
        var sources = string.Join(',', Plan.SteadyClients);
        _steady = _topology.Client.Start([.. _options.Self, "lab-ask", "--target", Target, "--source", sources]);
        _steady.OnLine(line =>
        {
            if (RequestResult.TryParse(line, out var result)) Requests.Add(result);
        });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RequestResult>> RequestAsync(IReadOnlyList<string> sources, int each, CancellationToken stop)
    {
        using var client = _topology.Client.Start([
            .. _options.Self, "lab-load", "--target", sources[0].Contains(':') ? TargetV6 : Target, "--source", string.Join(',', sources),
            "--each", each.ToString(CultureInfo.InvariantCulture), "--concurrency", "1"]);
        var results = new List<RequestResult>();
        client.OnLine(line =>
        {
            if (RequestResult.TryParse(line, out var result)) results.Add(result);
        });
        await client.WaitAsync(stop);
        if (client.ExitCode != 0) throw new LabException($"the client failed with {client.ExitCode}: {string.Join(" / ", client.Lines)}");
        return results;
    }

    /// <summary>Leaves the network and what runs in it standing, but for the clients.</summary>
    public void Keep()
    {
        _steady?.Dispose();
        _set.Keep();
        foreach (var director in Directors) director.Dispose();
    }

    /// <summary>Ends everything and removes the network.</summary>
    public void Dispose()
    {
        _set.Dispose();
        foreach (var director in Directors) director.Dispose();
    }

    private static string Target => $"{LabPlan.Vip}:{LabPlan.Port}";

    private static string TargetV6 => $"[{LabPlan.VipV6}]:{LabPlan.Port}";

    private string Everywhere => Plan.HasIpv6 ? "[::]" : "0.0.0.0";

    // The very files that the repository shows as examples: what the lab runs is what they say.
    private static string Example(string scenario, string file)
    {
        var name = $"examples/{scenario}/{file}";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new LabException($"{name} is not in this build");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
