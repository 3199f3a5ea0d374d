using System.Diagnostics;
using Director.Admin;
using Director.Lab.Namespaces;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Director.Linux.PacketMmap;
using Director.Linux.Xdp;
using Director.Tests.Lab;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>
/// The scenario with balancing and both directors, for tests that do harm to one of them: what holds the VIP, the program and the TUN
/// device now, and which resets a client saw. Conditions are waited for with patience; how long it took is told, not asserted.
/// </summary>
internal sealed class TwoDirectors : IDisposable
{
    private static readonly string[] Servers = ["rs1", "rs2"];
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>More than two adverts and a master's timeout in the scenario: what was going to move has moved.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4);

    private readonly ITestOutputHelper _output;
    private readonly Pair _pair;

    /// <summary>Builds the network; nothing runs yet.</summary>
    public TwoDirectors(
        ITestOutputHelper output, Func<string, string>? edit = null, string mode = "auto", LabPlan? plan = null) =>
        (_output, _pair) = (output, new Pair(output, plan ?? LabPlan.Balance, edit ?? Pair.WithoutPersistence, mode));

    /// <summary>What stands.</summary>
    public LabStage Stage => _pair.Stage;

    /// <summary>The director whose configuration says MASTER.</summary>
    public LabDirector First => Stage.Directors.First();

    /// <summary>The other.</summary>
    public LabDirector Second => Stage.Directors.Last();

    /// <summary>The client's machine.</summary>
    public NetworkNamespace Client => Stage.Topology.Client;

    /// <summary>The machine of a director.</summary>
    public NetworkNamespace MachineOf(LabDirector director) => Stage.Topology[director.Role];

    /// <summary>Starts the servers and both directors; the first is master when this returns, and both could serve.</summary>
    public async Task StartAsync()
    {
        await StartServersAsync();
        Stage.StartDirector(First.Role);
        Stage.StartDirector(Second.Role);
        await UntilOwnedByAsync(First);
        foreach (var director in Stage.Directors) await UntilReadyAsync(director);
    }

    /// <summary>Starts the web servers.</summary>
    public async Task StartServersAsync()
    {
        foreach (var server in Servers) await Stage.StartServerAsync(server, default);
    }

    /// <summary>Waits until a director knows how both servers are reached.</summary>
    public Task UntilReadyAsync(LabDirector director) =>
        UntilAsync($"{director.Role} is ready", director, status => status.Services[0].Servers.All(server => server.Mac is not null));

    /// <summary>A director's state; null if it does not answer.</summary>
    public static async Task<StatusDocument?> StatusOfAsync(LabDirector director)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        using var socket = new AdminSocket(director.RunDirectory);
        try
        {
            return await socket.StatusAsync(patience.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits until a director answers with a state that is as it should be, and returns it.</summary>
    public async Task<StatusDocument> UntilAsync(string what, LabDirector director, Func<StatusDocument, bool> holds)
    {
        StatusDocument? last = null;
        await UntilAsync(what, async () => (last = await StatusOfAsync(director)) is { } status && holds(status));
        return last!;
    }

    /// <summary>Waits until something holds; fails, saying what was waited for, if that does not come.</summary>
    public Task UntilAsync(string what, Func<bool> holds) => UntilAsync(what, () => Task.FromResult(holds()));

    /// <summary>Waits until something holds; fails, saying what was waited for, if that does not come.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.False(waited.Elapsed > Patience, $"waited {Patience.TotalSeconds} s until {what}");
            await Task.Delay(Look);
        }

        _output.WriteLine($"{waited.Elapsed.TotalSeconds:0.00} s until {what}");
    }

    /// <summary>Waits until a director is master and the VIP is on its machine and on no other.</summary>
    public Task UntilOwnedByAsync(LabDirector owner) => UntilAsync($"{owner.Role} alone has the VIP", () => IsOwnedByAsync(owner));

    /// <summary>Waits until a director alone has the VIP and nothing has changed about that for longer than an election takes.</summary>
    public async Task UntilQuietWithAsync(LabDirector owner)
    {
        var waited = Stopwatch.StartNew();
        for (var quiet = Stopwatch.StartNew(); quiet.Elapsed < Quiet; await Task.Delay(Look))
        {
            if (await IsOwnedByAsync(owner)) continue;
            Assert.False(waited.Elapsed > Patience, $"waited {Patience.TotalSeconds} s until {owner.Role} alone had the VIP for good");
            quiet.Restart();
        }

        _output.WriteLine($"{(waited.Elapsed - Quiet).TotalSeconds:0.00} s until {owner.Role} alone had the VIP for good");
    }

    /// <summary>
    /// Runs a director by hand, on the machine and with the files of one of the two; its output can be read. A run directory among the
    /// options takes the place of its own.
    /// </summary>
    public NamespaceProcess Run(LabDirector director, params IReadOnlyCollection<string> more)
    {
        string[] own = more.Contains("--run-dir") ? [] : ["--run-dir", director.RunDirectory];
        return MachineOf(director).Start([.. DirectorProgram.Command, "run", "-f", director.ConfigFile, .. own, .. more]);
    }

    /// <summary>Whether the VIP is on a machine.</summary>
    public bool HasVip(LabDirector director) => Stage.Topology.HasVip(director.Role);

    /// <summary>Whether an XDP program or a shield is on a machine's eth0.</summary>
    public bool HasProgram(LabDirector director) =>
        MachineOf(director).Ip("-o", "link", "show", "dev", "eth0").Contains("xdp", StringComparison.Ordinal)
        || NamespaceThread.Run(MachineOf(director), () => TappedDevice.IsShielded(XdpDevice.Open("eth0").Index));

    /// <summary>Whether the way into the host is there.</summary>
    public bool HasHostDevice(LabDirector director) =>
        MachineOf(director).Ip("-o", "link", "show").Contains("director0", StringComparison.Ordinal);

    /// <summary>Whether a director has left nothing that the next start would trip over.</summary>
    public bool HasLeftNothing(LabDirector director) =>
        !director.IsRunning && !HasVip(director) && !HasProgram(director) && !HasHostDevice(director) &&
        MachineOf(director).ProcessIds().Count == 0 && !File.Exists(AdminSocket.PathIn(director.RunDirectory));

    /// <summary>Process id of a director's VRRP process; null if there is none.</summary>
    public int? VrrpProcessOf(LabDirector director) => MachineOf(director).ProcessIds()
        .Where(id => id != director.ProcessId)
        .Where(id => CommandOf(id).Contains("--control-fd", StringComparison.Ordinal))
        .Select(id => (int?)id)
        .FirstOrDefault();

    /// <summary>Sends a signal to a process of a machine.</summary>
    public static void Signal(int processId, string signal) => Tool.Run("sh", "-c", $"kill -{signal} {processId}");

    /// <summary>Requests of all users through the VIP; every one must be answered.</summary>
    public async Task AssertServedAsync(int each = 2)
    {
        var results = await Stage.RequestAsync(Stage.Plan.Users, each, default);
        Assert.Equal(Stage.Plan.Users.Count * each, results.Count);
        Assert.All(results, result => Assert.True(result.Answered, result.ToString()));
    }

    /// <summary>Begins to listen at the client for resets whose frames come from a director's machine.</summary>
    public PacketCount ListenForResets(LabDirector director)
    {
        var mac = Stage.Plan.Directors.Single(host => host.Role == director.Role).Mac;
        return PacketCount.Start(Client, "eth0", $"tcp[tcpflags] & tcp-rst != 0 and ether src {mac}");
    }

    /// <summary>Ends listening; there must have been no reset.</summary>
    public static void AssertNoResets(PacketCount resets) => Assert.True(resets.Stop() == 0, resets.ToString());

    /// <summary>Tells how long clients were not served since <paramref name="from"/>.</summary>
    public void TellOutage(string what, Director.Net.MonoTime from)
    {
        var gap = Stage.Requests.LongestGap(from, Stage.Now).Length;
        _output.WriteLine($"{what}: {gap.TotalSeconds:0.00} s between answered requests at most");
    }

    /// <summary>Whether a director has said so since its log began.</summary>
    public static bool HasSaid(LabDirector director, string text) =>
        director.LastLines(int.MaxValue).Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <inheritdoc/>
    public void Dispose() => _pair.Dispose();

    private async Task<bool> IsOwnedByAsync(LabDirector owner)
    {
        var other = owner == First ? Second : First;
        return HasVip(owner) && !HasVip(other) && await StatusOfAsync(owner) is { Vrrp: [{ State: "MASTER" }] };
    }

    private static string CommandOf(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
