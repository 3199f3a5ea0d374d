namespace Director.LoadScenarios;

/// <summary>What a step came to.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Server">Who answered; empty if nobody did.</param>
internal readonly record struct Response(ResponseKind Kind, string Server)
{
    /// <summary>Whether it ended as it should.</summary>
    public bool IsOk => Kind == ResponseKind.Ok;

    /// <summary>It ended as it should.</summary>
    public static Response Ok(string server) => new(ResponseKind.Ok, server);

    /// <summary>It did not.</summary>
    public static Response Fail(ResponseKind kind) => new(kind, "");
}
