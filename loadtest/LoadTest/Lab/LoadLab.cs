using System.Globalization;
using System.Net;
using Director.Lab;
using Director.Lab.Namespaces;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Director.LoadScenarios;

namespace Director.LoadTest.Lab;

/// <summary>
/// The lab that users come to: two directors, two servers and the client's machine, each a network namespace; and the hand that makes
/// things happen to them.
/// </summary>
internal sealed class LoadLab : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly LabStage _stage;
    private string? _before;

    /// <summary>Builds the network; nothing runs in it yet.</summary>
    public LoadLab(LabOptions options)
    {
        _stage = new(options, LabPlan.Balance, LabConfiguration.Of);
        // A user's port is used again before the connection is forgotten everywhere: there are enough, for all addresses.
        _stage.Topology.Client.Sysctl("net.ipv4.ip_local_port_range", "1024 65535");
    }

    /// <summary>Where the services are.</summary>
    public LoadTarget Target { get; } = new(
        new(IPAddress.Parse(LabPlan.Vip), LabPlan.Port), new(IPAddress.Parse(LabPlan.Vip), LabPlan.EchoPort),
        [.. LabPlan.Balance.SteadyClients.Concat(LabPlan.Balance.Users).Concat(LabPlan.Balance.Newcomers).Select(IPAddress.Parse)]);

    /// <summary>The servers' names, as they answer.</summary>
    public IReadOnlyList<string> Servers => [.. _stage.Plan.Servers.Select(server => server.Role)];

    /// <summary>The last lines that each director wrote.</summary>
    public IEnumerable<(string Role, IReadOnlyList<string> Lines)> LastWords(int lines) =>
        _stage.Directors.Select(director => (director.Role, director.LastLines(lines)));

    /// <summary>
    /// Starts servers and directors, until the first is master, both servers are in its pool and the other director is ready. Returns how
    /// the first takes packets.
    /// </summary>
    public async Task<string> StartAsync(CancellationToken stop)
    {
        await Task.WhenAll(_stage.Plan.Servers.Select(server => _stage.StartServerAsync(server.Role, stop)));
        foreach (var director in _stage.Directors) _stage.StartDirector(director.Role);
        var ready = await UntilAsync("both directors are ready", view =>
            view.Master == _stage.Plan.Directors[0].Role
            && view.Directors.All(director => director.Status?.Pool is { Count: > 0 } pool && pool.All(InPool)), stop);
        return ready.Directors[0].Status!.DatapathMode;

        static bool InPool(PoolMember member) => member is { InPool: true, Checked: true };
    }

    /// <summary>Starts the users, on the client's machine.</summary>
    public NamespaceProcess StartUsers(IReadOnlyList<string> command) => _stage.Topology.Client.Start([.. command]);

    /// <summary>Makes something happen; <paramref name="begun"/> is called when it does. Returns when it is done.</summary>
    public async Task MakeAsync(LabEvent happens, Action begun, CancellationToken stop)
    {
        var role = happens.Role;
        if (happens.Action is LabAction.DirectorStops or LabAction.DirectorDies) await UntilMasterAsync(role, stop);
        begun();
        switch (happens.Action)
        {
            case LabAction.ServerDies: _stage.StopServer(role); break;
            case LabAction.ServerDrains: await DrainAsync(role, stop); break;
            case LabAction.ServerReturns: await ReturnAsync(role, stop); break;
            case LabAction.Reload: Reload(role); break;
            case LabAction.DirectorStops: _stage.EndDirector(role, DirectorEnd.Terminate); break;
            case LabAction.DirectorDies: _stage.EndDirector(role, DirectorEnd.KillMachine); break;
            case LabAction.DirectorReturns: _stage.StartDirector(role); await UntilMasterAsync(role, stop); break;
            default: throw new ArgumentOutOfRangeException(nameof(happens));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stage.Dispose();

    private async Task DrainAsync(string role, CancellationToken stop)
    {
        await WeighAsync(role, 0, stop);
        await _stage.DrainServerAsync(role, stop);
    }

    private async Task ReturnAsync(string role, CancellationToken stop)
    {
        await _stage.StartServerAsync(role, stop);
        await WeighAsync(role, 1, stop);
    }

    private async Task WeighAsync(string role, int weight, CancellationToken stop)
    {
        var server = _stage.Plan.Servers.Single(host => host.Role == role);
        var address = string.Create(CultureInfo.InvariantCulture, $"{server.Address}:{LabPlan.Port}");
        foreach (var director in _stage.Directors.Where(director => director.IsRunning))
        {
            var text = await File.ReadAllTextAsync(director.ConfigFile, stop);
            director.Reload(LabConfiguration.WithWeight(text, server, weight));
        }

        await UntilAsync($"{role} has weight {weight}", view =>
            view.Pool.Any(member => member.Address == address && member.Weight == weight), stop);
    }

    // To another configuration, and back the next time.
    private void Reload(string role)
    {
        var director = _stage.Directors.Single(director => director.Role == role);
        if (_before is { } before)
        {
            director.Reload(before);
            _before = null;
            return;
        }

        _before = File.ReadAllText(director.ConfigFile);
        director.Reload(LabConfiguration.WithMore(
            _stage.Plan.Servers.Aggregate(_before, (text, server) => LabConfiguration.WithWeight(text, server, 2))));
    }

    private Task<StageView> UntilMasterAsync(string role, CancellationToken stop) =>
        UntilAsync($"{role} is master", view => view.Master == role, stop);

    private async Task<StageView> UntilAsync(string what, Func<StageView, bool> holds, CancellationToken stop)
    {
        for (var begun = _stage.Now; ; await _stage.PauseAsync(Look, stop))
        {
            var view = await _stage.ObserveAsync(stop);
            if (holds(view)) return view;
            if (_stage.Now - begun > Patience) throw new LabException($"waited {Patience.TotalSeconds} s until {what}");
        }
    }
}
