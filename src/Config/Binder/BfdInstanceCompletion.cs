using System.Globalization;
using System.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// Fills in the defaults of <c>bfd_instance</c> blocks and checks each against itself and the others, as keepalived's bfd_parser.c does;
/// and that what names them names one.
/// </summary>
internal sealed class BfdInstanceCompletion(RootDraft root, DiagnosticSink diagnostics)
{
    private const byte FullHopLimit = 255;

    /// <summary>What keepalived sends over IPv6 unless told otherwise (keepalived bfd.h, <c>BFD_CONTROL_HOPLIMIT</c>).</summary>
    private const byte ExpectedHopLimitV6 = 64;

    private const int AnyHops = 255;

    private static readonly BfdInstanceConfig Defaults = new("", default, default!);
    private static readonly IpAddress128 LinkLocal = IpAddress128.Parse("fe80::");

    /// <summary>The sessions that can be run, in order.</summary>
    public IReadOnlyList<BfdInstanceConfig> Complete()
    {
        List<BfdInstanceConfig> sessions = [];
        var byEnds = new Dictionary<(IpAddress128 Neighbor, IpAddress128? Source, bool IsMultihop), BfdInstanceConfig>();
        foreach (var draft in root.BfdInstances.Values)
        {
            if (Complete(draft) is not { } session) continue;
            if (!byEnds.TryAdd((session.Neighbor, session.Source, session.IsMultihop), session))
            {
                var other = byEnds[(session.Neighbor, session.Source, session.IsMultihop)];
                diagnostics.Error(DiagnosticCode.Duplicate, draft.NeighborWord!,
                    $"{session.Neighbor} is the neighbour of bfd_instance {Printable.Quote(other.Name)} at {other.Location} already",
                    "give each a source_ip of its own", RelatedPlace.First(other.Location));
            }

            sessions.Add(session);
        }

        var checks = root.VirtualServers.SelectMany(service => service.RealServers).SelectMany(server => server.Checks);
        foreach (var check in checks.OfType<BfdCheckDraft>()) CheckName(check);
        return sessions;
    }

    private BfdInstanceConfig? Complete(BfdInstanceDraft draft)
    {
        var name = draft.Header.Words[1];
        if (Encoding.UTF8.GetByteCount(draft.Name) > ConfigLimits.MaxBfdNameBytes)
        {
            diagnostics.Error(DiagnosticCode.Limit, name, string.Create(CultureInfo.InvariantCulture,
                $"the name of a bfd_instance has at most {ConfigLimits.MaxBfdNameBytes} bytes"));
        }

        if (root.BfdInstances.IndexOf(draft.Name) == ConfigLimits.MaxBfdInstances)
        {
            diagnostics.Error(DiagnosticCode.Limit, name, string.Create(CultureInfo.InvariantCulture,
                $"this is one bfd_instance more than {ConfigLimits.MaxBfdInstances}"));
        }

        if (draft.Neighbor is not { } neighbor) return null;
        if (draft.Source is { } source && source.IsV4 != neighbor.IsV4)
        {
            diagnostics.Error(DiagnosticCode.FamilyMismatch, draft.SourceWord!, $"{source} is not of the family of {neighbor}");
            return null;
        }

        if (neighbor.IsUnspecified || IsLinkLocal(neighbor))
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, draft.NeighborWord!,
                $"{neighbor} is {(neighbor.IsUnspecified ? "nobody's address" : "an address of one link, and which is not said")}",
                neighbor.IsUnspecified ? null : "use a global or unique local address");
            return null;
        }

        return new(draft.Name, neighbor, draft.Header.Keyword.Location)
        {
            Source = draft.Source,
            MinRx = draft.MinRx ?? Defaults.MinRx,
            MinTx = draft.MinTx ?? Defaults.MinTx,
            IdleTx = draft.IdleTx ?? Defaults.IdleTx,
            Multiplier = (byte)(draft.Multiplier ?? Defaults.Multiplier),
            IsPassive = draft.IsPassive,
            HopLimit = (byte)(draft.HopLimit ?? FullHopLimit),
            LowestHopLimit = LowestHopLimit(draft, neighbor),
            IsMultihop = draft.IsMultihop,
            Weight = draft.Weight ?? 0,
            IsReversed = draft.IsReversed,
        };
    }

    /// <summary>
    /// A neighbour's packets are expected with the hop limit that ours have. Over IPv6 keepalived sends 64 by default, against RFC 5881
    /// §5; where nothing is written we send 255, which every neighbour takes, and take what keepalived sends.
    /// </summary>
    private byte LowestHopLimit(BfdInstanceDraft draft, IpAddress128 neighbor)
    {
        var expected = draft.HopLimit ?? (neighbor.IsV4 ? FullHopLimit : ExpectedHopLimitV6);
        if (draft.MaxHops is < 0 or AnyHops) return 0;
        if (draft.MaxHops > expected)
        {
            diagnostics.Warning(DiagnosticCode.Conflict, draft.MaxHopsWord!, string.Create(CultureInfo.InvariantCulture,
                $"max_hops {draft.MaxHops} is more than the hop limit: {expected} is used"));
        }

        if (draft.IsMultihop && draft.MaxHops == 0)
        {
            diagnostics.Warning(DiagnosticCode.MissingKeyword, draft.Header.Keyword,
                "with multihop but without max_hops no packet may come through a router", "add max_hops");
        }

        return (byte)Math.Max(expected - draft.MaxHops, 0);
    }

    /// <summary>A check that were left out would have its server be up for good.</summary>
    private void CheckName(BfdCheckDraft check)
    {
        if (check.Name is not { } word) return;
        if (!root.BfdInstances.TryGetValue(word.Text, out var session))
        {
            diagnostics.Error(DiagnosticCode.UnknownName, word, $"there is no bfd_instance {Printable.Quote(word.Text)}",
                Nearness.Nearest(word.Text, root.BfdInstances.Keys) is { } near ? $"did you mean '{near}'?" : null);
        }
        else if (!session.TellsChecker)
        {
            diagnostics.Error(DiagnosticCode.Conflict, word,
                $"bfd_instance {Printable.Quote(word.Text)} says 'vrrp' and not 'checker': it tells no check", "add 'checker' there");
        }
    }

    private static bool IsLinkLocal(IpAddress128 address) => !address.IsV4 && address.Network(10) == LinkLocal;
}
