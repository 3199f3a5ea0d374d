namespace Director.LoadScenarios;

/// <summary>What can happen to the lab while users come.</summary>
internal enum LabAction
{
    /// <summary>The server's process is killed: its connections are reset and its port is closed.</summary>
    ServerDies,

    /// <summary>
    /// The server is taken out as an operator does it: weight 0, then told to leave, which it does once each of its connections has had
    /// its last answer.
    /// </summary>
    ServerDrains,

    /// <summary>The server is started again, with the weight that it had.</summary>
    ServerReturns,

    /// <summary>The director gets a configuration with other weights and with one service more, or one less, by SIGHUP.</summary>
    Reload,

    /// <summary>The director gets SIGTERM: a planned failover.</summary>
    DirectorStops,

    /// <summary>Everything on the director's machine is killed at once (kill -9): a loss of power.</summary>
    DirectorDies,

    /// <summary>The director is started again, and takes the VIP back.</summary>
    DirectorReturns,
}
