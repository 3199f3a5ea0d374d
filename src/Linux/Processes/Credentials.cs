namespace Director.Linux.Processes;

/// <summary>Whom a process runs as (credentials(7)).</summary>
/// <param name="User">Its user id, real, effective and saved.</param>
/// <param name="Group">Its group id, likewise.</param>
/// <param name="Groups">All its supplementary groups; none beyond these.</param>
public sealed record Credentials(uint User, uint Group, IReadOnlyList<uint> Groups)
{
    /// <summary>The superuser, with no other group.</summary>
    public static Credentials Root { get; } = new(0, 0, [0]);

    /// <summary>Whether this is the superuser.</summary>
    public bool IsRoot => User == 0;
}
