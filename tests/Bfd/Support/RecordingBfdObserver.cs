using Director.Bfd;
using Director.Bfd.Ports;
using Director.Net;

namespace Director.Tests.Bfd.Support;

/// <summary>Keeps what it is told, and may tell it on.</summary>
internal sealed class RecordingBfdObserver(Action<BfdSession, BfdEffect>? onChange = null) : IBfdObserver
{
    public List<string> Log { get; } = [];

    public void StateChanged(BfdSession session, in BfdEffect report)
    {
        Log.Add($"{session.Settings.Name} {report.State} {report.Diagnostic}");
        onChange?.Invoke(session, report);
    }

    public void Rejected(BfdSession session, BfdRejection reason, IpAddress128 source) =>
        Log.Add($"{session.Settings.Name} rejected {reason} {source}");

    public void SendFailed(BfdSession session) => Log.Add($"{session.Settings.Name} send failed");
}
