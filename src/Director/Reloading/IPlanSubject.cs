using Director.Net;

namespace Director.Reloading;

/// <summary>What a plan is made for: a director as it runs. To be asked on the control loop's thread.</summary>
internal interface IPlanSubject
{
    /// <summary>Connections that live with a server of a service, active or not.</summary>
    long ConnectionsOf(ServiceKey service, Endpoint server);

    /// <summary>Whether an instance is master now.</summary>
    bool IsMaster(string instance);
}
