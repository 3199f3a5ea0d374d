using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>sorry_server</c> in the making; null is what was not written.</summary>
internal sealed class SorryServerDraft
{
    /// <summary>Its address, and where that stands.</summary>
    public (IpAddress128 Value, Word Word)? Address { get; set; }

    /// <summary>Its port, and where that stands.</summary>
    public (int Value, Word Word)? Port { get; set; }

    public bool Inhibit { get; set; }

    public ForwardingMethodConfig? Method { get; set; }

    /// <summary>Whether its method is written in a way that the director does not know yet.</summary>
    public bool IsMethodUnsupported { get; set; }

    /// <summary>The keywords that say more about it.</summary>
    public List<Word> Options { get; } = [];
}
