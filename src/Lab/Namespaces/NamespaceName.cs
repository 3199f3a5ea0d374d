using System.Globalization;

namespace Director.Lab.Namespaces;

/// <summary>
/// The name of a network namespace of the lab: <c>dlab-4711-2-d1</c> is namespace <c>d1</c> of the second network that process 4711
/// built. The process id tells whose it is, so that what a dead owner left can be recognised; nothing without this shape is ever
/// touched. A network that outlives its owner on purpose (<c>--keep</c>) is called <c>dlab-kept-4711-2-d1</c> and belongs to nobody.
/// </summary>
/// <param name="OwnerPid">Process that made the namespace.</param>
/// <param name="Network">Which network of that process, counted from 1.</param>
/// <param name="Role">What the namespace stands for: letters, digits and <c>_</c>.</param>
/// <param name="Kept">Whether it stays after its owner's end.</param>
internal readonly record struct NamespaceName(int OwnerPid, int Network, string Role, bool Kept)
{
    /// <summary>Where the directories of all networks are.</summary>
    public const string DirectoryOfAll = "/run/director-lab";

    private const string Prefix = "dlab-";
    private const string KeptPrefix = "dlab-kept-";

    /// <summary>What the names of all namespaces of this network begin with.</summary>
    public string NetworkPrefix => string.Create(CultureInfo.InvariantCulture, $"{(Kept ? KeptPrefix : Prefix)}{OwnerPid}-{Network}-");

    /// <summary>
    /// Where the files of this network are: configurations, logs, sockets. Root's own directory, so that no name in it can be a trap.
    /// </summary>
    public string Directory => $"{DirectoryOfAll}/{NetworkPrefix.TrimEnd('-')}";

    /// <summary>Parses a name of the lab's; false for everybody else's.</summary>
    public static bool TryParse(string text, out NamespaceName name)
    {
        name = default;
        var kept = text.StartsWith(KeptPrefix, StringComparison.Ordinal);
        if (!kept && !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var parts = text[(kept ? KeptPrefix : Prefix).Length..].Split('-');
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var network)
            || !IsRole(parts[2])) return false;
        name = new(pid, network, parts[2], kept);
        return true;
    }

    /// <summary>Whether <paramref name="text"/> can be a role.</summary>
    public static bool IsRole(string text) => text.Length is > 0 and <= 32 && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <inheritdoc/>
    public override string ToString() => NetworkPrefix + Role;
}
