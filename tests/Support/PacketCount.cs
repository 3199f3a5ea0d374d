using System.Globalization;
using System.Text.RegularExpressions;
using Director.Lab.Namespaces;

namespace Director.Tests.Support;

/// <summary>
/// tcpdump(8) on a machine's link, with its counts exact. What came between its opening the link and setting its filter it counts as
/// received, and what it has not read at its end as not captured; so it is asked, by SIGUSR1, when it listens and before it ends.
/// </summary>
internal sealed partial class PacketCount : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NamespaceProcess _tcpdump;
    private readonly ManualResetEventSlim _listening = new();
    private readonly SemaphoreSlim _told = new(0);
    private readonly (int Captured, int Received) _before;
    private (int Captured, int Received, int Dropped) _count;

    private PacketCount(NetworkNamespace where, string link, string filter, Action<string> read)
    {
        _tcpdump = where.Start("tcpdump", "-n", "-e", "-l", "--immediate-mode", "-B", "8192", "-i", link, filter);
        _tcpdump.OnLine(line =>
        {
            read(line);
            Read(line);
        });
        Assert.True(_listening.Wait(Patience), ToString());
        _before = Ask();
    }

    /// <summary>What it has printed.</summary>
    public IReadOnlyList<string> Lines => _tcpdump.Lines;

    /// <summary>Begins to count what <paramref name="filter"/> lets pass.</summary>
    /// <param name="where">The machine.</param>
    /// <param name="link">Its link.</param>
    /// <param name="filter">As in pcap-filter(7).</param>
    /// <param name="read">Is given each line that it prints, on a pool thread.</param>
    public static PacketCount Start(NetworkNamespace where, string link, string filter, Action<string>? read = null) =>
        new(where, link, filter, read ?? (_ => { }));

    /// <summary>Ends; returns how many packets the filter has let pass. Each of them has been printed, and none was lost.</summary>
    public int Stop()
    {
        var (captured, received) = Ask();
        while (captured - _before.Captured < received - _before.Received) (captured, received) = Ask();
        _tcpdump.Kill("INT");
        Assert.True(_tcpdump.Wait(Patience), ToString());
        return received - _before.Received;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Lines);

    /// <inheritdoc/>
    public void Dispose()
    {
        _tcpdump.Dispose();
        _listening.Dispose();
        _told.Dispose();
    }

    private (int Captured, int Received) Ask()
    {
        _tcpdump.Kill("USR1");
        Assert.True(_told.Wait(Patience), ToString());
        Assert.Equal(0, _count.Dropped);
        return (_count.Captured, _count.Received);
    }

    private void Read(string line)
    {
        if (line.StartsWith("listening on", StringComparison.Ordinal)) _listening.Set();
        if (Count().Match(line) is not { Success: true, Groups: var told }) return;
        _count = (Number("captured"), Number("received"), Number("dropped"));
        _told.Release();

        int Number(string what) => int.Parse(told[what].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(
        @"^tcpdump: (?<captured>\d+) packets? captured, (?<received>\d+) packets? received by filter, (?<dropped>\d+) packets? dropped")]
    private static partial Regex Count();
}
