using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>virtual_routes</c> or <c>static_routes</c> block in the making.</summary>
internal sealed class RoutesDraft
{
    /// <summary>The lines that can be read.</summary>
    public List<VirtualRoute> Lines { get; } = [];
}
