using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// A line of a <c>track_*</c> block: <c>NAME [weight N] [reverse|noreverse]</c> (keepalived.conf(5)); of <c>track_virtual_server</c> the
/// name is what follows <c>virtual_server</c>, and the protocol where that leaves it open.
/// </summary>
internal static class TrackLine
{
    private const string Options = "weight N, reverse or noreverse";

    private static readonly Argument<string> GroupName = Take.Text("the name of a group");
    private static readonly Argument<int> Port = Take.Integer(0, ushort.MaxValue);
    private static readonly Argument<int> Weight = Take.Integer(-253, 253);
    private static readonly Argument<int> WideWeight = Take.Integer(-254, 254);

    /// <summary>The rows for a block that tracks.</summary>
    public static IEnumerable<Keyword<T>> Rows<T>(Func<T, List<TrackDraft>> tracks)
    {
        foreach (var (name, kind) in new[]
        {
            ("track_interface", TrackedKind.Interface), ("track_script", TrackedKind.Script), ("track_file", TrackedKind.File),
            ("track_process", TrackedKind.Process), ("track_virtual_server", TrackedKind.VirtualServer), ("track_bfd", TrackedKind.Bfd),
        })
        {
            var grammar = new Grammar<List<TrackDraft>>((statement, drafts, diagnostics) => Bind(kind, statement, drafts, diagnostics));
            yield return Binder.Rows<T>.Block(name, grammar, (draft, _) => tracks(draft));
        }
    }

    /// <summary>The weights that a kind may have.</summary>
    public static Argument<int> WeightOf(TrackedKind kind) => kind is TrackedKind.File or TrackedKind.Process ? WideWeight : Weight;

    private static void Bind(TrackedKind kind, Statement statement, List<TrackDraft> tracks, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics, first: 0);
        if (!TryBegin(kind, reader, out var draft)) return;
        while (reader.Take() is { } option)
        {
            switch (option.Text)
            {
                case "weight" when reader.TryTake(WeightOf(kind), out var weight): draft.Weight = weight; break;
                case "weight": return;
                case "reverse": draft.IsReversed = true; break;
                case "noreverse": draft.IsReversed = false; break;
                default:
                    diagnostics.Error(DiagnosticCode.InvalidValue, option, $"{Printable.Quote(option.Text)} is not {Options}");
                    return;
            }
        }

        tracks.Add(draft);
    }

    private static bool TryBegin(TrackedKind kind, ArgumentReader reader, out TrackDraft draft)
    {
        var name = reader.Take()!;
        draft = new(kind, name);
        return kind switch
        {
            TrackedKind.Interface => IsInterface(name, reader.Diagnostics),
            TrackedKind.VirtualServer => TryTakeVirtualServer(name, reader, draft),
            _ => true,
        };
    }

    private static bool IsInterface(Word name, DiagnosticSink diagnostics)
    {
        if (Take.Interface.TryParse(name.Text, out _, out var rejection)) return true;
        diagnostics.Error(DiagnosticCode.InvalidValue, name, $"{Printable.Quote(name.Text)} {rejection.Reason}", rejection.Hint);
        return false;
    }

    private static bool TryTakeVirtualServer(Word first, ArgumentReader reader, TrackDraft draft)
    {
        if (first.Text == "group")
        {
            if (!reader.TryTake(GroupName, out _)) return false;
            draft.Group = reader.Last;
            return true;
        }

        if (first.Text == "fwmark")
        {
            reader.Take();
            FirewallMark.Refuse(reader.Diagnostics, first, "the line is ignored");
            return false;
        }

        if (!IpAddress128.TryParse(first.Text, out var address))
        {
            reader.Diagnostics.Error(DiagnosticCode.InvalidValue, first,
                $"{Printable.Quote(first.Text)} is not what follows a virtual_server: an IP address and port, or group NAME");
            return false;
        }

        var port = 0;
        if (reader.Peek() is { } next && next.Text.All(char.IsAsciiDigit) && !reader.TryTake(Port, out port)) return false;
        draft.Endpoint = new(address, (ushort)port);
        if (reader.Peek() is { } word && Take.Protocol.TryParse(word.Text, out var protocol, out _))
        {
            reader.Take();
            draft.Protocol = protocol;
        }

        return true;
    }
}
