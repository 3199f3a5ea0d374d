using System.Text.RegularExpressions;
using Director.Lab.Namespaces;
using Director.Tests.Support;

namespace Director.Tests.Lab;

/// <summary>
/// What tcpdump(8) sees on the <c>eth0</c> of a namespace: where each TCP frame came from on the link, and whether it was a RST.
/// </summary>
internal sealed partial class FrameCapture : IDisposable
{
    private readonly List<(string SourceMac, bool Reset)> _frames = [];
    private readonly PacketCount _count;

    private FrameCapture(NetworkNamespace where, string filter) => _count = PacketCount.Start(where, "eth0", filter, Read);

    /// <summary>Starts capturing what <paramref name="filter"/> lets pass; returns once frames are seen.</summary>
    public static FrameCapture Start(NetworkNamespace where, string filter) => new(where, filter);

    /// <summary>Ends the capture and returns what was seen: every frame that the filter has let pass by now.</summary>
    public IReadOnlyList<(string SourceMac, bool Reset)> Stop()
    {
        _count.Stop();
        return _frames;
    }

    public void Dispose() => _count.Dispose();

    private void Read(string line)
    {
        if (Frame().Match(line) is { Success: true, Groups: var found })
            _frames.Add((found["mac"].Value, found["flags"].Value.Contains('R')));
    }

    [GeneratedRegex(@"^\S+ (?<mac>[0-9a-f:]{17}) > .* Flags \[(?<flags>[^\]]*)\]")]
    private static partial Regex Frame();
}
