using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>virtual_routes</c> or <c>static_routes</c> block in the making.</summary>
internal sealed class RoutesDraft(bool isStatic = false)
{
    /// <summary>Whether the host has them whoever is master.</summary>
    public bool IsStatic => isStatic;

    /// <summary>What instances are bound to.</summary>
    public List<TrackedStatic> Tracked { get; } = [];

    /// <summary>The lines that can be read.</summary>
    public List<VirtualRoute> Lines { get; } = [];
}
