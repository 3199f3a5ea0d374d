namespace Director.Config;

/// <summary>What a configuration may ask about the machine and process that read it.</summary>
/// <param name="Id">
/// The name that <c>@NAME</c> lines are compared with and that <c>${_INSTANCE}</c> stands for: <c>--config-id</c>, else the host's name
/// up to its first dot.
/// </param>
public sealed record ConfigContext(string Id)
{
    /// <summary>Nothing is known: no <c>@NAME</c> line is for this machine.</summary>
    public static readonly ConfigContext Unknown = new("");

    /// <summary>The directory that relative paths are meant from, for <c>${_PWD}</c>.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>The environment, for <c>${_ENV NAME}</c>; null for a variable that is not set. Must not throw.</summary>
    public Func<string, string?> EnvironmentVariable { get; init; } = _ => null;
}
