using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>bfd_instance</c> in the making; null is what was not written.</summary>
internal sealed class BfdInstanceDraft(string name, Statement header)
{
    public string Name => name;

    public Statement Header => header;

    public IpAddress128? Neighbor { get; set; }

    public Word? NeighborWord { get; set; }

    public IpAddress128? Source { get; set; }

    public Word? SourceWord { get; set; }

    public TimeSpan? MinRx { get; set; }

    public TimeSpan? MinTx { get; set; }

    public TimeSpan? IdleTx { get; set; }

    public int? Multiplier { get; set; }

    public bool IsPassive { get; set; }

    public int? HopLimit { get; set; }

    public int MaxHops { get; set; }

    public Word? MaxHopsWord { get; set; }

    public bool IsMultihop { get; set; }

    public int? Weight { get; set; }

    public bool IsReversed { get; set; }

    /// <summary>Whether it is written that virtual routers are told; without either keyword both are.</summary>
    public bool NamesVrrp { get; set; }

    /// <summary>Whether it is written that health checks are told.</summary>
    public bool NamesChecker { get; set; }

    public bool TellsVrrp => NamesVrrp || !NamesChecker;

    public bool TellsChecker => NamesChecker || !NamesVrrp;
}
