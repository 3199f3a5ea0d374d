using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary><c>garp_extra_if [all] S</c>: announcements out of interfaces for virtual MAC addresses every so many seconds.</summary>
/// <typeparam name="T">The draft of the block.</typeparam>
internal sealed class GarpExtraKeyword<T>(string name, string alias, Func<T, GarpDraft> garp) : Keyword<T>(name, alias)
{
    private static readonly Argument<TimeSpan> Seconds = Take.WholeSeconds(0, 86400);

    public override string Arguments => $"[all] {Seconds.Expected}";

    public override bool Accepts(string text) => text == "all" || Seconds.TryParse(text, out _, out _);

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics);
        var isOfAll = reader.Peek()?.Text == "all";
        if (isOfAll) reader.Take();
        if (!reader.TryTake(Seconds, out var interval)) return;
        (garp(draft).ExtraInterval, garp(draft).ExtraIsOfAll) = (interval, isOfAll);
        reader.ExpectEnd();
    }
}
