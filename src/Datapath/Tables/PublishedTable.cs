namespace Director.Datapath.Tables;

/// <summary>Where control leaves the table that workers are to use. Workers look once per batch; the old one is the collector's.</summary>
public sealed class PublishedTable
{
    private ForwardingTable _current;

    /// <summary>Starts with <paramref name="first"/>, such as <see cref="ForwardingTable.Empty"/>.</summary>
    public PublishedTable(ForwardingTable first) => _current = first;

    /// <summary>The table of this moment. Read by any thread, written by control only.</summary>
    public ForwardingTable Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }
}
