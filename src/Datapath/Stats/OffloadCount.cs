using Director.Datapath.Forwarding;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Datapath.Stats;

/// <summary>
/// Has a worker count what the XDP program has forwarded of its connections: once it is answered, all counters hold what had been forwarded
/// when it was asked. The worker goes through its connections in stretches, between its batches.
/// </summary>
/// <param name="answered">As <see cref="WorkerQuestion"/>.</param>
public sealed class OffloadCount(Action answered) : WorkerQuestion(answered)
{
    private uint _next = 1;

    internal override bool TryAnswer(Forwarder forwarder, ForwardingTable table, MonoTime now, bool isIdle)
    {
        _next = forwarder.TakeIn(_next, isIdle ? DatapathLimits.OffloadStepsWhenIdle : DatapathLimits.OffloadStepsPerBatch);
        return _next == 0;
    }
}
