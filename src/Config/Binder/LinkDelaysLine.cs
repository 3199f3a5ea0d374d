using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A line of <c>interface_up_down_delays</c>: <c>INTERFACE DOWN [UP]</c>, in seconds.</summary>
internal static class LinkDelaysLine
{
    public static readonly Grammar<List<LinkDelaysDraft>> Grammar = new(Bind);

    private static readonly Argument<TimeSpan> Delay = Take.Seconds(0, 255);

    private static void Bind(Statement statement, List<LinkDelaysDraft> lines, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics, first: 0);
        if (!reader.TryTake(Take.Interface, out var name)) return;
        var draft = new LinkDelaysDraft(reader.Last);
        if (!reader.TryTake(Delay, out var down)) return;
        draft.Down = down;
        // keepalived.conf(5) says that it is then the same as the other; keepalived itself has no delay.
        if (!reader.IsAtEnd)
        {
            if (!reader.TryTake(Delay, out var up)) return;
            draft.Up = up;
        }

        reader.ExpectEnd();
        if (lines.Find(line => line.Word.Text == name) is { } first)
        {
            diagnostics.Warning(DiagnosticCode.Duplicate, draft.Word,
                $"{Printable.Quote(name)} has delays at {first.Word.Location} already; this line counts, and that one does not");
            lines.Remove(first);
        }

        lines.Add(draft);
    }
}
