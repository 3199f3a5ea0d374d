using System.Globalization;
using System.Text.RegularExpressions;
using Director.Lab.Namespaces;

namespace Director.Tests.Lab;

/// <summary>
/// What tcpdump(8) sees on the <c>eth0</c> of a namespace: where each TCP frame came from on the link, and whether it was a RST.
/// </summary>
internal sealed partial class FrameCapture : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly NamespaceProcess _tcpdump;
    private readonly ManualResetEventSlim _listening = new();
    private readonly List<(string SourceMac, bool Reset)> _frames = [];
    private readonly SemaphoreSlim _told = new(0);
    private (int Captured, int Received) _count;

    private FrameCapture(NetworkNamespace where, string filter)
    {
        _tcpdump = where.Start("tcpdump", "-n", "-e", "-l", "-B", "8192", "-i", "eth0", filter);
        _tcpdump.OnLine(Read);
        Assert.True(_listening.Wait(Patience), string.Join('\n', _tcpdump.Lines));
    }

    /// <summary>Starts capturing what <paramref name="filter"/> lets pass; returns once frames are seen.</summary>
    public static FrameCapture Start(NetworkNamespace where, string filter) => new(where, filter);

    /// <summary>Ends the capture and returns what was seen: every frame that the filter has let pass by now.</summary>
    public IReadOnlyList<(string SourceMac, bool Reset)> Stop()
    {
        // Ended at once, tcpdump would leave what it has not read. Asked by SIGUSR1, it tells how far it is.
        do
        {
            _tcpdump.Kill("USR1");
            Assert.True(_told.Wait(Patience), string.Join('\n', _tcpdump.Lines));
        }
        while (_count.Captured < _count.Received);
        _tcpdump.Kill("INT");
        Assert.True(_tcpdump.Wait(Patience));
        Assert.Contains("0 packets dropped by kernel", _tcpdump.Lines);
        return _frames;
    }

    public void Dispose()
    {
        _tcpdump.Dispose();
        _listening.Dispose();
        _told.Dispose();
    }

    private void Read(string line)
    {
        if (line.StartsWith("listening on", StringComparison.Ordinal)) _listening.Set();
        if (Frame().Match(line) is { Success: true, Groups: var found })
            _frames.Add((found["mac"].Value, found["flags"].Value.Contains('R')));
        if (Count().Match(line) is not { Success: true, Groups: var told }) return;
        _count = (Number("captured"), Number("received"));
        _told.Release();

        int Number(string what) => int.Parse(told[what].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\S+ (?<mac>[0-9a-f:]{17}) > .* Flags \[(?<flags>[^\]]*)\]")]
    private static partial Regex Frame();

    [GeneratedRegex(@"^tcpdump: (?<captured>\d+) packets? captured, (?<received>\d+) packets? received by filter")]
    private static partial Regex Count();
}
