using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A line of <c>unicast_peer</c> in the making.</summary>
internal sealed class UnicastPeerDraft(Word word, IpAddress128 address)
{
    public Word Word => word;

    public IpAddress128 Address => address;

    public int MinTtl { get; set; }

    public int MaxTtl { get; set; } = byte.MaxValue;
}
