using Director.Bfd;

namespace Director.VrrpProcess;

/// <content>BFD sessions, which virtual routers and the main process's checks follow.</content>
internal sealed partial class VrrpChild
{
    private readonly List<BfdSettings> _bfdSettings = [];
    private readonly BfdRunner _bfd;
    private readonly BfdReporter _bfdReporter;

    private bool TakeBfdSession(ref ControlReader reader)
    {
        if (_bfdSettings.Count >= BfdLimits.Sessions || !ControlCodec.TryReadBfdSession(ref reader, out var settings)) return false;
        if (!Report(settings.Problem())) _bfdSettings.Add(settings);
        return true;
    }

    /// <summary>Before virtual routers take their settings, so that they know at once how what they track stands.</summary>
    private void CommitBfd()
    {
        _bfd.Configure(_bfdSettings);
        _bfdSettings.Clear();
        _bfdReporter.Keep(_bfd.Sessions);
        foreach (var session in _bfd.Sessions) _bfdReporter.Track(session);
    }
}
