using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A <c>garp_group</c> in the making.</summary>
internal sealed class GarpGroupDraft(Word header)
{
    public Word Header => header;

    public TimeSpan? ArpInterval { get; set; }

    public TimeSpan? NeighbourInterval { get; set; }

    public List<string> Interfaces { get; } = [];
}
