using Director.Datapath.Offload;

namespace Director.Datapath.Tables;

/// <summary>Where control leaves the table that workers are to use. Workers look once per batch; the old one is the collector's.</summary>
public sealed class PublishedTable
{
    private readonly FlowTable? _flows;
    private ForwardingTable _current;

    /// <summary>Starts with <paramref name="first"/>, such as <see cref="ForwardingTable.Empty"/>.</summary>
    /// <param name="first">The table to begin with.</param>
    /// <param name="flows">What is offloaded by the tables, or null if nothing ever is.</param>
    public PublishedTable(ForwardingTable first, FlowTable? flows = null) => (_current, _flows) = (first, flows);

    /// <summary>
    /// The table of this moment. Read by any thread, written by control only. Flows that go another way by a new one are closed before any
    /// worker can see it.
    /// </summary>
    public ForwardingTable Current
    {
        get => Volatile.Read(ref _current);
        set
        {
            _flows?.Shut(_current, value);
            Volatile.Write(ref _current, value);
        }
    }
}
