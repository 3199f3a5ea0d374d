using System.Diagnostics;
using System.Globalization;
using Director.Control;
using Director.Linux;
using Director.Linux.Xdp;

namespace Director.Bench;

/// <summary>
/// <c>bench scale</c>: what a start with many services costs, once and with everything still to be compiled, as a director's start is; what
/// one change costs then; and memory.
/// </summary>
internal static class ScaleRun
{
    private const int DefaultServices = 10_000, ServersPerService = 4, Changes = 1000;

    /// <summary>Runs it; returns the exit code.</summary>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var services = DefaultServices;
        var isGiven = arguments.Count == 1 && int.TryParse(arguments[0], CultureInfo.InvariantCulture, out services) && services > 0;
        if (arguments.Count > 0 && !isGiven)
        {
            Console.Error.WriteLine("usage: bench scale [SERVICES]");
            return 2;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{services:N0} services of {ServersPerService} servers\n"));
        var file = new ScaledConfig(services, ServersPerService);
        var director = new ScaledDirector();
        var before = GC.GetTotalMemory(true);
        var start = Stopwatch.GetTimestamp();
        Time("rehearsal of a change", ControlRehearsal.Run);
        var config = Time("configuration text to model", file.Read);
        Time("model to pools, and next hops", () => director.Configure(config));
        Time("what is desired, first table", () => director.Publish());
        using var steering = TrySteering();
        if (steering is not null) Time("steering map", () => steering.Steer(director.Table));
        Say("together", Stopwatch.GetElapsedTime(start).TotalMilliseconds, "ms");
        Say("memory of all of it, live", (GC.GetTotalMemory(true) - before) / 1e6, "MB");

        var times = new double[Changes];
        for (var change = 0; change < Changes; change++)
        {
            director.ChangeServer();
            var began = Stopwatch.GetTimestamp();
            director.Publish();
            times[change] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            steering?.Steer(director.Table);
        }

        Say("the first change to a table", times[0], "ms");
        Array.Sort(times);
        Say("a change to a table, median", times[Changes / 2], "ms");
        Say("99 of 100 within", times[Changes * 99 / 100], "ms");
        GC.KeepAlive(config);
        return 0;
    }

    private static Steering? TrySteering()
    {
        try
        {
            return Steering.Create();
        }
        catch (LinuxException refusal)
        {
            Console.WriteLine($"without the steering map: {refusal.Message}");
            return null;
        }
    }

    private static T Time<T>(string what, Func<T> work)
    {
        var began = Stopwatch.GetTimestamp();
        var result = work();
        Say(what, Stopwatch.GetElapsedTime(began).TotalMilliseconds, "ms");
        return result;
    }

    private static void Time(string what, Action work) => Time(what, () =>
    {
        work();
        return 0;
    });

    private static void Say(string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-32} {value,10:F3} {unit}"));
}
