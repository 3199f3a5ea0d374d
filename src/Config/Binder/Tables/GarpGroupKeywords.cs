using Row = Director.Config.Binder.Rows<Director.Config.Binder.GarpGroupDraft>;

namespace Director.Config.Binder;

/// <summary><c>garp_group</c>: interfaces whose announcements share a pace.</summary>
internal static class GarpGroupKeywords
{
    public static readonly Grammar<GarpGroupDraft> Grammar = new(
    [
        Row.Value("garp_interval", GarpArguments.Interval, (group, interval) => group.ArpInterval = interval),
        Row.Value("gna_interval", GarpArguments.Interval, (group, interval) => group.NeighbourInterval = interval),
        Row.Value("interface", Take.Interface, (group, name) => group.Interfaces.Add(name)),
        Row.Block("interfaces", new Grammar<GarpGroupDraft>((statement, group, diagnostics) =>
        {
            var reader = new ArgumentReader(statement, diagnostics, first: 0);
            while (!reader.IsAtEnd)
            {
                if (reader.TryTake(Take.Interface, out var name)) group.Interfaces.Add(name);
            }
        }), (group, _) => group),
    ]);
}
