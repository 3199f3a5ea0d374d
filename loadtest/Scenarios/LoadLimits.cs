namespace Director.LoadScenarios;

/// <summary>Bounds of a load run, so that a service that answers nobody does not make it grow without end.</summary>
internal static class LoadLimits
{
    /// <summary>Iterations under way at once; who is due beyond that is turned away, and counted as such.</summary>
    public const int UnderWay = 10_000;

    /// <summary>The shortest run that says anything.</summary>
    public static readonly TimeSpan ShortestRun = TimeSpan.FromSeconds(2);

    /// <summary>How long a user waits for HTTP: room for a SYN to be sent twice more (RFC 6298 §2: after one second, then two).</summary>
    public static readonly TimeSpan WebPatience = TimeSpan.FromSeconds(4);

    /// <summary>How long a user waits for a datagram to come back.</summary>
    public static readonly TimeSpan EchoPatience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What is answered within this, from its true start, was served. What took longer was not: a SYN that was lost is sent again after a
    /// second and then answered, but the user was without service meanwhile.
    /// </summary>
    public static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(100);
}
