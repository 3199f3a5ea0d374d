namespace Director.Datapath.Tables;

/// <content>
/// Which servers' established packets go another way than by the table before, so that nobody may forward them as before. Whatever changes
/// the way of one server's packets, or of all, gives that a number that was never used.
/// </content>
public sealed partial class ForwardingTable
{
    /// <summary>The generation of all that every server's packets depend on.</summary>
    private uint _rules = 1;

    /// <summary>The number of the way that established packets of server <paramref name="id"/> go; never 0.</summary>
    internal uint GenerationOf(int id) => Math.Max(Entries[id].Generation, _rules);

    /// <summary>
    /// Writes the generations that are others than in <paramref name="before"/> to <paramref name="gates"/>, by server number. Others read
    /// them meanwhile.
    /// </summary>
    internal void WriteGenerations(ForwardingTable before, Span<uint> gates)
    {
        const int pageSize = 1 << PagedArray<ServerEntry>.PageShift;
        for (var page = 0; page < Entries.Pages.Length; page++)
        {
            if (_rules == before._rules && page < before.Entries.Pages.Length
                && ReferenceEquals(Entries.Pages[page], before.Entries.Pages[page])) continue;
            for (var id = page * pageSize; id < Math.Min((page + 1) * pageSize, Entries.Count); id++)
                if (gates[id] != GenerationOf(id)) Volatile.Write(ref gates[id], GenerationOf(id));
        }
    }

    private void NumberRules(ForwardingTable previous)
    {
        var isSame = Timeouts.Equals(previous.Timeouts)
            && (ReferenceEquals(OwnAddresses, previous.OwnAddresses) || OwnAddresses.SetEquals(previous.OwnAddresses))
            && _links.AsSpan().SequenceEqual(previous._links);
        _rules = isSame ? previous._rules : ++LastGeneration;
    }
}
