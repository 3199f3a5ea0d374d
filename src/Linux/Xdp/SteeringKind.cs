namespace Director.Linux.Xdp;

/// <summary>What a <see cref="SteeringKey"/> stands for; the value is the key's last byte.</summary>
internal enum SteeringKind : byte
{
    /// <summary>A service: protocol, VIP and port; port 0 is every port.</summary>
    Service,

    /// <summary>A masqueraded server: protocol, address and port; port 0 is every port.</summary>
    Server,

    /// <summary>The address of a masqueraded server, for what does not show its port.</summary>
    ServerAddress,

    /// <summary>An address of this host, to which servers answer too.</summary>
    OwnAddress,
}
