using Director.Bfd;

namespace Director.VrrpProcess;

/// <summary>How a BFD session stands.</summary>
/// <param name="Session">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Diagnostic">Why it left Up last.</param>
/// <param name="RemoteState">Where the neighbour says that it stands.</param>
/// <param name="RemoteDiagnostic">Why the neighbour says that it left Up last.</param>
/// <param name="TransmitInterval">Between our packets, before jitter.</param>
/// <param name="DetectionTime">How long the neighbour may be silent; zero if it was not heard.</param>
/// <param name="Counters">What it has counted.</param>
internal sealed record BfdSessionReport(
    string Session,
    BfdState State,
    BfdDiagnostic Diagnostic,
    BfdState RemoteState,
    BfdDiagnostic RemoteDiagnostic,
    TimeSpan TransmitInterval,
    TimeSpan DetectionTime,
    BfdCounters Counters) : VrrpReport;
