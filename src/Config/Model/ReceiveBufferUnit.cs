namespace Director.Config;

/// <summary>In what the size of a receive buffer is counted.</summary>
public enum ReceiveBufferUnit
{
    /// <summary>In bytes.</summary>
    Bytes,

    /// <summary>In datagrams as long as the instance's own adverts.</summary>
    Adverts,

    /// <summary>In datagrams as long as the interface sends any.</summary>
    Mtus,
}
