namespace Director.Config.Binder;

/// <summary>A <c>virtual_ipaddress</c> or <c>virtual_ipaddress_excluded</c> block in the making.</summary>
internal sealed class VirtualAddressesDraft(bool isStatic = false)
{
    /// <summary>Whether the host has them whoever is master.</summary>
    public bool IsStatic => isStatic;

    /// <summary>The lines that can be read.</summary>
    public List<VirtualAddressDraft> Lines { get; } = [];

    /// <summary>Whether there were lines that cannot be read, which has been said.</summary>
    public bool HasUnreadableLines { get; set; }
}
