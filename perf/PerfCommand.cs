using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Director.Perf.Failover;
using Director.Perf.Measurement;
using Director.Perf.Reload;
using Director.Perf.Stress;
using Director.Perf.Traffic;

namespace Director.Perf;

/// <summary><c>./dev perf</c>: its options.</summary>
internal static class PerfCommand
{
    private const int FullWindows = 5;
    private const int MostFlows = 4_000_000; // all of which are opened one after the other

    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        var defaults = new PerfOptions();
        var full = new Option<bool>("--full")
        {
            Description = "Everything: 1 k to 1 M flows, both loads, both sizes, two workers, medians of five",
        };
        var ipvs = new Option<bool>("--ipvs")
        {
            Description = "Instructions a packet, against IPVS; only in the reference machine, which ./dev perf boots for it",
        };
        var engines = List("--engines", "Only these: kernel,userspace,…", "NAMES", text => text);
        var flows = List("--flows", "Connections of established loads: 1k,100k,1m", "NUMBERS", Flows);
        var loads = List("--loads", "established,new,mixed", "NAMES", Parse<Load>);
        var bytes = List("--bytes", "Sizes of frames, 64 to 1514", "NUMBERS",
            text => Whole(text, FrameTemplate.SmallestBytes, FrameTemplate.LargestBytes));
        var workers = List("--workers", "Queues of each device, and workers of engines that have such: 1,2", "NUMBERS",
            text => Whole(text, 1, 2));
        var seconds = new Option<double?>("--seconds") { Description = "Length of a window; default 1, with --ipvs 0.5" };
        var windows = new Option<int?>("--windows") { Description = "Windows, of which the median counts; default 3, with --full 5" };
        var latency = new Option<bool>("--latency") { Description = "How long frames take, too; part of --full" };
        var rate = new Option<double?>("--rate")
        {
            Description = "Frames a second for that; default half of what kernel forwarding does",
            HelpName = "NUMBER",
        };
        var yardstick = new Option<string?>("--yardstick")
        {
            Description = "A built AF_XDP forwarder to compare with, run as PATH IN OUT 1",
            HelpName = "PATH",
        };
        var director = new Option<string>("--director")
        {
            Description = "The director's program",
            HelpName = "PATH",
            DefaultValueFactory = _ => defaults.Director,
        };
        var json = new Option<string?>("--json") { Description = "Write the figures here too", HelpName = "FILE" };
        var svg = new Option<string?>("--svg") { Description = "Draw a chart here, as SVG", HelpName = "FILE" };
        seconds.Validators.Add(result => Require(result, result.GetValue(seconds) is null or >= 0.1 and <= 60,
            "--seconds takes 0.1 to 60"));
        rate.Validators.Add(result => Require(result, result.GetValue(rate) is null or >= 50_000 and <= 10_000_000,
            "--rate takes 50000 to 10000000"));
        windows.Validators.Add(result => Require(result, result.GetValue(windows) is null or >= 1 and <= 99, "--windows takes 1 to 99"));
        var command = new RootCommand("Packets a second of the director and of others, side by side on veth (docs/perf.md)")
        {
            full, ipvs, engines, flows, loads, bytes, workers, seconds, windows, latency, rate, yardstick, director, json, svg,
            FailoverCommand.Create(), StressCommand.Create(), ReloadCommand.Create(),
        };
        command.SetAction((parsed, stop) => PerfRun.RunAsync(new PerfOptions
        {
            Full = parsed.GetValue(full),
            Ipvs = parsed.GetValue(ipvs),
            Engines = parsed.GetValue(engines) ?? [],
            Flows = parsed.GetValue(flows) ?? [],
            Loads = parsed.GetValue(loads) ?? [],
            Bytes = parsed.GetValue(bytes) ?? [],
            Workers = parsed.GetValue(workers) ?? [],
            WindowLength = parsed.GetValue(seconds) is { } length ? TimeSpan.FromSeconds(length)
                : parsed.GetValue(ipvs) ? defaults.WindowLength / 2 : defaults.WindowLength,
            Windows = parsed.GetValue(windows) ?? (parsed.GetValue(full) ? FullWindows : defaults.Windows),
            Latency = parsed.GetValue(latency),
            Rate = parsed.GetValue(rate),
            Yardstick = parsed.GetValue(yardstick),
            Director = parsed.GetValue(director)!,
            Json = parsed.GetValue(json),
            Svg = parsed.GetValue(svg),
        }, stop));
        return command;
    }

    private static Option<T[]> List<T>(string name, string description, string help, Func<string, T> read) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(read)];
            }
            catch (FormatException error)
            {
                result.AddError($"{name}: {error.Message}");
                return [];
            }
        },
    };

    private static int Flows(string text) => Count.TryParse(text, out var count) && count is >= 2 and <= MostFlows
        ? count : throw new FormatException($"'{text}' is no number of flows, such as 1k, from 2 to 4m");

    private static int Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is not one of {least} to {most}"));

    private static T Parse<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && !char.IsAsciiDigit(text[0])
            ? value : throw new FormatException($"'{text}' is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");

    private static void Require(OptionResult result, bool holds, string rule)
    {
        if (!holds) result.AddError(rule);
    }
}
