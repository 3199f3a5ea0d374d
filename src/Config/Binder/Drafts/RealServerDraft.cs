using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>real_server</c> in the making; null is what was not written.</summary>
internal sealed class RealServerDraft(IpAddress128 address, int? port, Statement header)
{
    public IpAddress128 Address => address;

    public int? Port => port;

    public Statement Header => header;

    public int? Weight { get; set; }

    public int UpperThreshold { get; set; }

    public int LowerThreshold { get; set; }

    /// <summary>Where the lower threshold is written.</summary>
    public Word? LowerThresholdWord { get; set; }

    public bool? InhibitOnFailure { get; set; }

    public ForwardingMethodConfig? Method { get; set; }

    /// <summary>Whether its method is written in a way that the director does not know yet.</summary>
    public bool IsMethodUnsupported { get; set; }

    public CheckDefaultsDraft CheckDefaults { get; } = new();

    /// <summary>Whom its HTTP checks ask for that do not say.</summary>
    public string? VirtualHost { get; set; }

    public UpDownNotifyDraft Notify { get; } = new();

    /// <summary>Its checks of all kinds, in order of the file.</summary>
    public List<CheckDraft> Checks { get; } = [];
}
