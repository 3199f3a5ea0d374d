using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A check that connects, in the making; null is what was not written.</summary>
internal abstract class ConnectingCheckDraft(Statement header) : CheckDraft(header)
{
    public IpAddress128? ConnectAddress { get; set; }

    public int? ConnectPort { get; set; }

    public IpAddress128? BindTo { get; set; }

    /// <summary>Where that is written.</summary>
    public Word? BindToWord { get; set; }

    public int? BindPort { get; set; }

    public string? BindInterface { get; set; }

    public int? FirewallMark { get; set; }
}
