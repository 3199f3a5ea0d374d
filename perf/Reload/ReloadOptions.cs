namespace Director.Perf.Reload;

/// <summary>What <c>./dev reload</c> was asked to do.</summary>
internal sealed record ReloadOptions
{
    /// <summary>Virtual services, of four checked servers each.</summary>
    public int Services { get; init; } = 5000;

    /// <summary>Reloads that count; the first ones warm the program and do not.</summary>
    public int Reloads { get; init; } = 10;

    /// <summary>From check to check of a server.</summary>
    public TimeSpan BetweenChecks { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two reloads.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Packets a second through a virtual service meanwhile.</summary>
    public int PacketsPerSecond { get; init; } = 1000;

    /// <summary>The director's program.</summary>
    public string Director { get; init; } = "artifacts/director/director";
}
