namespace Director.Net.Wire;

/// <summary>The priorities of virtual routers that are more than a rank (RFC 9568 §5.2.4).</summary>
public static class VrrpPriority
{
    /// <summary>In an advertisement: "I stop being master".</summary>
    public const byte Resign = 0;

    /// <summary>Of the router that owns the addresses as its own.</summary>
    public const byte Owner = 255;
}
