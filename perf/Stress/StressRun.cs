using System.Globalization;
using Director.Lab;
using Director.Perf.Routers;
using Director.Perf.Routers.Peers;
using Spectre.Console;

namespace Director.Perf.Stress;

/// <summary>
/// A master under pressure: every processor busy, its main process stopped by a collection ten times a second, its link full of bad
/// adverts. Its adverts are to leave on time all the same, and its backup is to stay that.
/// </summary>
internal static class StressRun
{
    private const int AllGood = 0, SomethingFailed = 1, CannotRun = 2, Cancelled = 130;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly byte[] Address = [10, 9, 0, 100];

    /// <summary>Plays it, tells what came out and returns the exit code.</summary>
    public static async Task<int> RunAsync(StressOptions options, CancellationToken stop)
    {
        await Task.Yield();
        var missing = !Environment.IsPrivilegedProcess ? "making network namespaces needs root: sudo ./dev stress"
            : File.Exists(options.Director) ? null : $"there is no {options.Director}: ./dev build makes it";
        if (missing is not null)
        {
            await Console.Error.WriteLineAsync($"stress: {missing}");
            return CannotRun;
        }

        try
        {
            var result = await PlayAsync(options, Tell, stop);
            if (!Console.IsErrorRedirected) await Console.Error.WriteAsync("\r\x1b[2K");
            Write(AnsiConsole.Console, result);
            return result.Held ? AllGood : SomethingFailed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("cancelled; the network is removed");
            return Cancelled;
        }
        catch (Exception error) when (error is PerfException or LabException)
        {
            await Console.Error.WriteLineAsync($"stress: {error.Message}");
            return SomethingFailed;
        }

        void Tell(TimeSpan left, int adverts)
        {
            if (Console.IsErrorRedirected) return;
            Console.Error.Write(FormattableString.Invariant($"\r\x1b[2Kunder pressure, {left.TotalSeconds:0} s to go, {adverts} adverts"));
        }
    }

    /// <summary>Plays it.</summary>
    /// <param name="options">How long and how hard.</param>
    /// <param name="tell">Is told each second how long it goes on, and how many adverts there were.</param>
    /// <param name="stop">Ends it before.</param>
    public static async Task<StressResult> PlayAsync(StressOptions options, Action<TimeSpan, int> tell, CancellationToken stop)
    {
        var program = Path.GetFullPath(options.Director);
        var plan = new RouterPlan { Version = 3, Interval = options.Interval };
        using var lan = new VrrpLan();
        using var master = new DirectorPeer(lan.A, lan.Directory, program)
        {
            Environment = [$"DOTNET_STARTUP_HOOKS={typeof(StressRun).Assembly.Location}"],
        };
        using var backup = new DirectorPeer(lan.B, lan.Directory, program);
        using var status = new StateQuestion(master.RunDirectory);
        master.Start(new PeerPlan(plan with { Priority = 150 }));
        await FirstAsync(master);
        backup.Start(new PeerPlan(plan with { Priority = 100 }));
        if (await lan.Tap.FindAsync(tap => tap.Joins.FirstOrDefault(join => join.From == lan.B.Role), Patience, stop) is null)
            throw new PerfException($"{backup} did not start:\n{string.Join('\n', backup.Lines)}");

        var busy = Enumerable.Range(0, options.BusyThreads)
            .Select(_ => lan.Client.Start("sh", "-c", "while :; do :; done")).ToArray();
        try
        {
            using var spray = new AdvertSpray(lan.Client, BadAdverts.Against((byte)plan.Id, Address), options.BadAdverts);
            var before = await status.AskAsync(Patience, stop);
            lan.Tap.Clear();
            for (var left = options.Length; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
            {
                await Task.Delay(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1), stop);
                tell(left, lan.Tap.Adverts.Count);
            }

            var adverts = lan.Tap.Adverts;
            var after = await status.AskAsync(Patience, stop);
            var times = adverts.Where(advert => advert.From == lan.A.Role).Select(advert => advert.At).ToArray();
            if (times.Length < 2) throw new PerfException($"{master} is silent:\n{string.Join('\n', master.Lines)}");
            return new(
                AdvertPunctuality.Of(times, plan.Interval), AdvertPunctuality.Missed(times, plan.Interval),
                adverts.Count(advert => advert.From == lan.B.Role), after.Counter("becomeMaster") - before.Counter("becomeMaster"),
                TimeSpan.FromMicroseconds(after.Counter("maxAdvertLatenessMicroseconds")), spray.Sent,
                after.Rejected - before.Rejected, after.Collections - before.Collections);
        }
        finally
        {
            foreach (var process in busy) process.Dispose();
        }

        async Task FirstAsync(Peer peer)
        {
            var first = await lan.Tap.FindAsync(
                tap => tap.Adverts.FirstOrDefault(advert => advert.From == peer.Machine.Role), Patience, stop);
            if (first is null) throw new PerfException($"{peer} did not become master:\n{string.Join('\n', peer.Lines)}");
        }
    }

    private static void Write(IAnsiConsole console, StressResult result)
    {
        var table = new Table().RoundedBorder().HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        Row("adverts", $"{result.Late.Count}");
        Row("late, ms: p50", Milliseconds(AdvertPunctuality.Percentile(result.Late, 0.5)));
        Row("p99", Milliseconds(AdvertPunctuality.Percentile(result.Late, 0.99)));
        Row("p99.9", Milliseconds(result.P999));
        Row("longest", Milliseconds(result.Late.Max()));
        Row("longest, by the director itself", Milliseconds(result.LatestByItself));
        Row("left out", $"{result.Missed}");
        Row("changes of state", $"{result.Masterships + result.OfTheOther}");
        Row("bad adverts sent", $"{result.Bad}");
        Row("of these counted by the director", $"{result.Refused}");
        Row("collections of its main process", $"{result.Collections}");
        console.Write(table);
        console.WriteLine(result.Held
            ? "held: nobody changed places, and all but one advert in a thousand were at most 5 ms late" : "NOT HELD");

        void Row(string what, string value) => table.AddRow(what, value);
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);
}
