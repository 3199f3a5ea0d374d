using System.Globalization;
using System.Text.RegularExpressions;
using Director.Datapath.Forwarding;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Ipvsadm;
using Director.Net;

namespace Director.Tests.Conformance.Replay;

/// <summary>Connections and templates as <c>ipvsadm -Lnc</c> lists them.</summary>
internal static partial class ConnectionLines
{
    /// <summary>What is shown are whole seconds, and commands take some time in the kernel's machine.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>The lines that are printed.</summary>
    public static IReadOnlyList<string> Of(Forwarder forwarder, ForwardingTable table, MonoTime now)
    {
        var entries = new List<ConnectionEntry>();
        foreach (var scan in (TableScan[])[new ConnectionScan(() => { }), new TemplateScan(() => { })])
        {
            while (!scan.IsAtEnd)
            {
                Assert.True(scan.TryAnswer(forwarder, table, now, isIdle: true));
                scan.Read(entries);
            }
        }

        var rows = entries.Select(entry => ConnectionText.Row(new(
            entry.Service.Protocol.ToString().ToUpperInvariant(), entry.Client.ToHostPort(), entry.Virtual.ToHostPort(),
            entry.Server.ToHostPort(), entry.StateName, (long)entry.Expires.TotalSeconds, entry.IsTemplate)));
        return [.. (ConnectionText.Banner + ConnectionText.Title + string.Concat(rows)).Split('\n')[..^1]];
    }

    /// <summary>
    /// Whether the kernel listed the same, with times to live that agree, in whatever order: there it is that of a table with a random
    /// seed.
    /// </summary>
    public static bool Agree(IReadOnlyList<string> kernel, IReadOnlyList<string> here)
    {
        if (kernel.Count != here.Count) return false;
        var pairs = kernel.Select(Read).OrderBy(entry => entry.Text, StringComparer.Ordinal)
            .Zip(here.Select(Read).OrderBy(entry => entry.Text, StringComparer.Ordinal));
        return pairs.All(pair => pair.First.Text == pair.Second.Text && (pair.First.Left - pair.Second.Left).Duration() <= Tolerance);
    }

    /// <summary>A line without its time to live, and that.</summary>
    private static (string Text, TimeSpan Left) Read(string line)
    {
        var match = TimeToLive().Match(line);
        if (!match.Success) return (line, TimeSpan.Zero);
        var left = TimeSpan.FromSeconds(60 * Number(match.Groups["minutes"]) + Number(match.Groups["seconds"]));
        return (line.Remove(match.Index, match.Length), left);
    }

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=^\S+ +)(?<minutes>\d+):(?<seconds>\d\d)(?= )")]
    private static partial Regex TimeToLive();
}
