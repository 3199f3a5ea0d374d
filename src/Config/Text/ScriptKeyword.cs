using System.Collections.Frozen;

namespace Director.Config.Text;

/// <summary>
/// The keywords whose value is a script (keepalived 2.4, install_keyword_quoted): the rest of their line is one value, split by the rules
/// of <see cref="ScriptSplitter"/>. The pattern of <c>regex</c> is no script, but its line is split in the same way.
/// </summary>
internal static class ScriptKeyword
{
    private static readonly FrozenDictionary<string, bool> UserByName = new Dictionary<string, bool>
    {
        ["notify"] = true,
        ["notify_master"] = true,
        ["notify_backup"] = true,
        ["notify_fault"] = true,
        ["notify_stop"] = true,
        ["notify_deleted"] = true,
        ["notify_master_rx_lower_pri"] = true,
        ["notify_up"] = true,
        ["notify_down"] = true,
        ["quorum_up"] = true,
        ["quorum_down"] = true,
        ["startup_script"] = true,
        ["shutdown_script"] = true,
        ["notify_fifo_script"] = true,
        ["vrrp_notify_fifo_script"] = true,
        ["lvs_notify_fifo_script"] = true,
        ["misc_path"] = false,
        ["script"] = false,
        ["regex"] = false,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names => UserByName.Keys;

    public static bool IsOne(string keyword) => UserByName.ContainsKey(keyword);

    /// <summary>Whether <c>USER [GROUP]</c> may follow the command; otherwise words behind it are ignored.</summary>
    public static bool TakesUser(string keyword) => UserByName.GetValueOrDefault(keyword);
}
