using Director.Config;
using Director.Datapath;
using Director.Net;

namespace Director.Control;

/// <summary>A real server as its virtual server's pool sees it.</summary>
/// <param name="Endpoint">Its address and port; the key within the pool.</param>
/// <param name="Weight">As configured, 0–2147483647.</param>
/// <param name="InhibitOnFailure">Whether failure sets the weight to 0 instead of removing it.</param>
/// <param name="StartsDown">Whether it must pass its checks before it is added (<c>alpha</c>).</param>
internal sealed record PoolServer(Endpoint Endpoint, int Weight, bool InhibitOnFailure, bool StartsDown)
{
    /// <summary>How packets are brought to it.</summary>
    public ForwardingMethodConfig Method { get; init; } = ForwardingMethodConfig.DirectRouting;

    /// <summary>How many connections it takes at once.</summary>
    public ConnectionThresholds Thresholds { get; init; }
}
