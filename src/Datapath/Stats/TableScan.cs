using Director.Datapath.Forwarding;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Datapath.Stats;

/// <summary>
/// A walk through a table that a worker owns, one stretch at a time. The worker copies a stretch between two batches, which costs it a
/// few microseconds however large the table is, and whoever asked makes entries of the copy in his own time. Slots keep their places:
/// an entry that is there throughout the walk is seen once; one that comes or goes meanwhile may be seen or not. A stretch is a question.
/// </summary>
/// <param name="answered">As <see cref="WorkerQuestion"/>.</param>
public abstract class TableScan(Action answered) : WorkerQuestion(answered)
{
    /// <summary>Slots of a stretch: 32 KiB of connections.</summary>
    public const int Slots = 512;

    /// <summary>Whether the last stretch was the last of all.</summary>
    public bool IsAtEnd { get; private protected set; }

    /// <summary>The table of the worker's moment.</summary>
    private protected ForwardingTable Table { get; private set; } = null!;

    /// <summary>The worker's moment.</summary>
    private protected uint Tick { get; private set; }

    /// <summary>Adds what the last stretch held to <paramref name="entries"/>; after the answer, and before the next question.</summary>
    public abstract void Read(ICollection<ConnectionEntry> entries);

    /// <summary>Copies the next stretch.</summary>
    internal sealed override bool TryAnswer(Forwarder forwarder, ForwardingTable table, MonoTime now, bool isIdle)
    {
        Table = table;
        Tick = Ticks.At(now);
        Copy(forwarder);
        return true;
    }

    private protected abstract void Copy(Forwarder forwarder);

    /// <summary>What is left of a timer; deadlines lie one to two ticks later than was asked for.</summary>
    private protected TimeSpan Remaining(uint deadline) => Ticks.Span(Math.Max((long)deadline - Tick - 1, 0));

    /// <summary>The endpoint that a connection's packets were sent to; by the server's service if no table knows the number.</summary>
    private protected Endpoint VirtualOf(in ConnectionKey key, ServiceKey service) =>
        new(Table.FindAddress((uint)(key.Tail >> 32))?.Address ?? service.Virtual.Address, key.VirtualPort);
}
