using Director.Datapath.Forwarding;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Datapath.Stats;

/// <summary>Something that a worker is asked, and answers between two batches. One asker.</summary>
/// <param name="answered">Called on the worker's thread when it is answered; must not block.</param>
public abstract class WorkerQuestion(Action answered)
{
    /// <summary>
    /// Works on the answer; false if there is more to do, in the turns to come. Bounded, less so if <paramref name="isIdle"/>. The worker's
    /// thread only.
    /// </summary>
    internal abstract bool TryAnswer(Forwarder forwarder, ForwardingTable table, MonoTime now, bool isIdle);

    /// <summary>Tells the asker that it is answered; the worker has let go of it.</summary>
    internal void Answered() => answered();
}
