using System.Net;

namespace Director.LoadScenarios;

/// <summary>Where the services are, and from where users come.</summary>
/// <param name="Web">HTTP.</param>
/// <param name="Echo">UDP echo.</param>
/// <param name="Sources">Addresses of users; they take turns.</param>
internal sealed record LoadTarget(IPEndPoint Web, IPEndPoint Echo, IReadOnlyList<IPAddress> Sources)
{
    /// <summary>The address of the n-th user.</summary>
    public IPAddress Source(long user) => Sources[(int)(user % Sources.Count)];
}
