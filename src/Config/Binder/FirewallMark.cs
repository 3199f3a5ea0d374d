using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>
/// What is said of <c>fwmark N</c> where keepalived takes it for the packets that netfilter has marked so. The director takes packets off
/// the device before netfilter sees any of them, so there are no marks to tell them apart by.
/// </summary>
internal static class FirewallMark
{
    private const string Remedy =
        "write the addresses and ports that are marked so into a virtual_server_group, and have a virtual_server of that group";

    /// <summary>Refuses <paramref name="word"/>, the <c>fwmark</c> of a line; <paramref name="consequence"/> follows from that.</summary>
    public static void Refuse(DiagnosticSink diagnostics, Word word, string consequence) =>
        diagnostics.Warning(DiagnosticCode.NotSupported, word,
            $"'fwmark' is not supported: packets come here before netfilter could mark them, so {consequence}", Remedy);
}
