using Director.Net;

namespace Director.Ipvsadm;

/// <summary>An ipvsadm command line, read.</summary>
internal sealed record IpvsadmRequest
{
    /// <summary>What is asked for.</summary>
    public required IpvsadmAction Action { get; init; }

    /// <summary>Which numbers.</summary>
    public IpvsadmColumns Columns { get; init; }

    /// <summary>Whether services and servers come sorted, or as the kernel would keep them (<c>--nosort</c>).</summary>
    public bool Sorted { get; init; } = true;

    /// <summary>Whether large numbers are written out (<c>--exact</c>).</summary>
    public bool Exact { get; init; }

    /// <summary>The one service that is meant, or null for all.</summary>
    public ServiceKey? Service { get; init; }
}
