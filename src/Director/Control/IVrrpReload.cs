using Director.Net;
using Director.VrrpProcess;

namespace Director.Control;

/// <summary>The VRRP process as a reload changes it.</summary>
internal interface IVrrpReload
{
    /// <summary>
    /// Puts another configuration in force; routers and BFD sessions that stay keep their state. False if the process does not take it: it
    /// is started again with the one before.
    /// </summary>
    /// <param name="wanted">What the configuration asks of it.</param>
    /// <param name="staticVips">VIPs without a virtual router.</param>
    bool Reload(VrrpProcessSettings wanted, IReadOnlyList<IpAddress128> staticVips);
}
