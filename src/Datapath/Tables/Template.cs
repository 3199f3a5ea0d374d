namespace Director.Datapath.Tables;

/// <summary>Where a client, or a network of clients, is bound to a server: IPVS's connection template.</summary>
internal struct Template
{
    /// <summary>The masked client without port, the VIP's number, and the virtual port (0 for a service of every port).</summary>
    public ConnectionKey Key;

    public uint Deadline;

    /// <summary>
    /// Ticks that the timer restarts with: the service's timeout, but a minute once it ran out while connections were left.
    /// </summary>
    public uint Timeout;

    public int Server;

    /// <summary>Connections that it controls.</summary>
    public int Controlled;

    /// <summary>Next template of the same bucket, or the next free one.</summary>
    public uint Next;

    /// <summary>A connection that it controls has been established: ASSURED, where the kernel shows the template's state.</summary>
    public bool IsAssured;

    /// <summary>Still found by its key; an invalid one only waits for its end.</summary>
    public bool IsListed;
}
