namespace Director.Datapath.Tracking;

/// <summary>
/// By which of the kernel's tables a segment moves its connection: who sent it, and whether the other side's segments are seen at all.
/// The value is the table's place in <see cref="TcpStates"/>.
/// </summary>
public enum TcpTable : byte
{
    /// <summary>From the client; the server's answers pass by here too.</summary>
    Input,

    /// <summary>From the server.</summary>
    Output,

    /// <summary>From the client; the server's answers go another way, as in direct routing.</summary>
    InputOnly,

    /// <summary><see cref="Input"/> under the SYN-flood defence (<c>secure_tcp</c>).</summary>
    SecureInput,

    /// <summary><see cref="Output"/> under the SYN-flood defence.</summary>
    SecureOutput,

    /// <summary><see cref="InputOnly"/> under the SYN-flood defence.</summary>
    SecureInputOnly,
}
