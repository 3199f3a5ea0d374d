using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A line of <c>unicast_peer</c>: <c>IP [min_ttl N] [max_ttl N]</c> (keepalived.conf(5)).</summary>
internal static class UnicastPeerLine
{
    public static readonly Grammar<UnicastPeersDraft> Grammar = new(Bind);

    private static readonly Argument<int> Ttl = Take.Integer(0, byte.MaxValue);
    private static readonly string[] Options = ["min_ttl", "max_ttl"];

    private static void Bind(Statement statement, UnicastPeersDraft peers, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics, first: 0);
        if (!reader.TryTake(Take.Address, out var address)) return;
        var word = reader.Last;
        if (address.IsUnspecified || address.IsMulticast)
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, word, $"{address} is no address that a peer could have");
            return;
        }

        var peer = new UnicastPeerDraft(word, address);
        while (reader.Take() is { } option)
        {
            switch (option.Text)
            {
                case "min_ttl":
                    if (!reader.TryTake(Ttl, out var least)) return;
                    peer.MinTtl = least;
                    break;
                case "max_ttl":
                    if (!reader.TryTake(Ttl, out var most)) return;
                    peer.MaxTtl = most;
                    break;
                default:
                    var near = Nearness.Nearest(option.Text, Options);
                    diagnostics.Error(DiagnosticCode.InvalidValue, option, $"{Printable.Quote(option.Text)} means nothing after a peer",
                        near is null ? "one peer a line" : $"did you mean '{near}'?");
                    return;
            }
        }

        if (peer.MinTtl > peer.MaxTtl)
            diagnostics.Error(DiagnosticCode.Conflict, word, $"no TTL is at least {peer.MinTtl} and at most {peer.MaxTtl}");
        else peers.Lines.Add(peer);
    }
}
