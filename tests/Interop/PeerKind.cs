namespace Director.Tests.Interop;

/// <summary>Which program plays a part, by the letters of the matrix in docs/interop.md.</summary>
internal enum PeerKind
{
    /// <summary>The director.</summary>
    N,

    /// <summary>keepalived.</summary>
    K,

    /// <summary>FRR.</summary>
    F,
}
