using System.Diagnostics;
using System.Globalization;
using Director.Admin;
using Director.Lab.Scenarios;
using Director.Lab.Topology;
using Director.Tests.Lab;
using Director.Tests.Support;
using Director.Tests.Whole;
using Xunit.Abstractions;

namespace Director.Tests.Soak;

/// <summary>
/// Two real directors under load, the master killed every twenty seconds: by turns the whole machine and the main process alone. The
/// other director lives through all of it, so what it holds shows whether anything grows.
/// </summary>
[Trait("Category", "Soak")]
[Collection("kernel")]
public sealed class PairUnderLoadTests(ITestOutputHelper output)
{
    private const string Master = "d1";
    private const string Backup = "d2";
    private const int RequestsPerRound = 400;

    /// <summary>
    /// Connections that may be open when the VIP moves, whose end the director that had it never sees: requests of at most 100 ms, one
    /// every 20 ms, and room for those whose segments are sent again.
    /// </summary>
    private const int OpenAtMove = 20;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>
    /// A connection whose FIN was seen is remembered for two minutes (FIN_WAIT, Linux net/netfilter/ipvs/ip_vs_proto_tcp.c), and the
    /// wheel may need a moment more.
    /// </summary>
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(130);

    [KernelFact]
    public async Task The_VIP_always_finds_one_owner_and_nothing_grows()
    {
        var story = new StringWriter();
        using var stage = new LabStage(DirectorProgram.Options(story), LabPlan.Balance, Pair.WithoutPersistence);
        try
        {
            await PlayAsync(stage);
        }
        catch
        {
            foreach (var director in stage.Directors)
                foreach (var line in director.LastLines(40)) output.WriteLine($"{director.Role}: {line}");
            throw;
        }
    }

    private async Task PlayAsync(LabStage stage)
    {
        foreach (var server in stage.Plan.Servers) await stage.StartServerAsync(server.Role, default);
        foreach (var director in stage.Directors) stage.StartDirector(director.Role);
        await UntilAsync(stage, $"{Master} is master and {Backup} backup", IsQuiet);
        stage.StartAsking();

        var time = Stopwatch.StartNew();
        var memory = new List<long>();
        var moves = 0;
        for (var round = 0; round < 3 || time.Elapsed + Lingering < 0.55 * SoakLimits.Duration; round++)
        {
            var begin = stage.Now;
            var how = round % 2 == 0 ? DirectorEnd.KillMachine : DirectorEnd.KillMain;
            stage.EndDirector(Master, how);
            await UntilAsync(stage, $"{Backup} is master after {how}",
                view => view.Directors.Any(director => director.Role == Backup && director.IsMaster));
            await ServesAsync(stage, $"{Backup} serves");
            stage.StartDirector(Master);
            await UntilAsync(stage, $"{Master} has returned after {how}", IsQuiet);
            moves += 2;
            while (stage.Now - begin < Round)
            {
                var view = await stage.ObserveAsync(default);
                Assert.True(IsQuiet(view), $"round {round}: the VIP is on {string.Join(" and ", view.VipHolders)}, master {view.Master}");
                await Task.Delay(Look);
            }

            await ServesAsync(stage, $"{Master} serves");
            var gap = stage.Requests.LongestGap(begin, stage.Now);
            var status = await StatusAsync(stage, Backup);
            memory.Add(ProcessMemory.ResidentMiB(status.ProcessId));
            var held = Connections(status);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {round}: {how}, away {gap.Length.TotalSeconds:F2} s; {Backup}: {memory[^1]} MiB, {held} connections"));
            foreach (var role in new[] { Master, Backup }) AssertNothingRefused(await StatusAsync(stage, role));
        }

        // The backup got no packets since its last turn as master: what it still remembers after the lingering are connections whose end
        // it did not see.
        await Task.Delay(Lingering);
        var left = Connections(await StatusAsync(stage, Backup));
        output.WriteLine($"{left} connections left after {moves} moves");
        Assert.InRange(left, 0, moves * OpenAtMove);
        Assert.True(memory[^1] <= memory[0] + 64, $"resident memory of {Backup} by round, MiB: {string.Join(' ', memory)}");
    }

    private static bool IsQuiet(StageView view) =>
        view.Master == Master && view.VipHolders is [Master]
        && view.Directors.All(director => director.Status is { State: "MASTER" or "BACKUP" })
        && view.Pool is { Count: 2 } pool && pool.All(member => member.InPool);

    private static async Task ServesAsync(LabStage stage, string what)
    {
        var results = await stage.RequestAsync(stage.Plan.Users, RequestsPerRound / stage.Plan.Users.Count, default);
        Assert.True(results.Count == RequestsPerRound && results.All(result => result.Answered), $"{what}: {Answers.Told(results)}");
    }

    private static async Task UntilAsync(LabStage stage, string what, Func<StageView, bool> holds)
    {
        var patience = Stopwatch.StartNew();
        while (await stage.ObserveAsync(default) is var view && !holds(view))
        {
            Assert.True(patience.Elapsed < Patience,
                $"waited {Patience.TotalSeconds} s until {what}: {string.Join(", ", view.Directors)}");
            await Task.Delay(Look);
        }
    }

    private static async Task<StatusDocument> StatusAsync(LabStage stage, string role)
    {
        using var socket = new AdminSocket(stage.Directors.Single(director => director.Role == role).RunDirectory);
        return await socket.StatusAsync(CancellationToken.None);
    }

    private static void AssertNothingRefused(StatusDocument status)
    {
        foreach (var name in new[] { "socket.refusedAddresses", "socket.refusedSlots" })
            Assert.Equal((name, 0L), (name, status.Datapath.Counters[name]));
    }

    private static long Connections(StatusDocument status) => status.Datapath.Counters["connections"];
}
