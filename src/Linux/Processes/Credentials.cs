using System.Globalization;
using Director.Linux.Abi;

namespace Director.Linux.Processes;

/// <summary>Whom a process runs as (credentials(7)).</summary>
/// <param name="User">Its user id, real, effective and saved.</param>
/// <param name="Group">Its group id, likewise.</param>
/// <param name="Groups">All its supplementary groups; none beyond these.</param>
public sealed record Credentials(uint User, uint Group, IReadOnlyList<uint> Groups)
{
    private const int CAP_KILL = 5, CAP_SETGID = 6, CAP_SETUID = 7;

    /// <summary>The superuser, with no other group.</summary>
    public static Credentials Root { get; } = new(0, 0, [0]);

    /// <summary>Whom this process runs as.</summary>
    public static Credentials Own { get; } =
        new(ProcessAbi.EffectiveUser(), ProcessAbi.EffectiveGroup(), BorrowedCredentials.OwnGroups());

    /// <summary>Whether this process may start others as other users, and end them (CAP_SETUID, CAP_SETGID, CAP_KILL).</summary>
    public static bool MayBecomeOthers { get; } = HasAll(CAP_KILL, CAP_SETGID, CAP_SETUID);

    /// <summary>Whether this is the superuser.</summary>
    public bool IsRoot => User == 0;

    private static bool HasAll(params int[] capabilities)
    {
        const string Effective = "CapEff:";
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Effective, StringComparison.Ordinal));
        return line is not null
            && ulong.TryParse(line.AsSpan(Effective.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits)
            && capabilities.All(capability => (bits >> capability & 1) != 0);
    }
}
