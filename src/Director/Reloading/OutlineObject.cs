using Director.Config;

namespace Director.Reloading;

/// <summary>One object of a configuration.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name, unique in the configuration, such as <c>virtual_server [192.0.2.1]:tcp:80</c>.</param>
/// <param name="Said">What of the model says what it is: of the same type for all with that name.</param>
internal sealed record OutlineObject(PlanKind Kind, string Name, object Said)
{
    /// <summary>The name of the object that it is a part of, if any.</summary>
    public string? Owner { get; init; }

    /// <summary>The virtual server that it is or belongs to, if any.</summary>
    public VirtualServerConfig? Service { get; init; }

    /// <summary>The real server that it is or belongs to, if any.</summary>
    public RealServerConfig? Server { get; init; }

    /// <summary>The instance that it is or belongs to, if any.</summary>
    public VrrpInstanceConfig? Instance { get; init; }
}
