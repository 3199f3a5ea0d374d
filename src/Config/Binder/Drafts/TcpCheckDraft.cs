using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>TCP_CHECK</c> in the making; null is what was not written.</summary>
internal sealed class TcpCheckDraft(Statement header)
{
    public Statement Header => header;

    public IpAddress128? ConnectAddress { get; set; }

    public int? ConnectPort { get; set; }

    public IpAddress128? BindTo { get; set; }

    public Word? BindToWord { get; set; }

    public CheckDefaultsDraft Settings { get; } = new();
}
