using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A keyword without arguments. As with keepalived, words after it change nothing, not even <c>no</c>.</summary>
/// <typeparam name="T">The draft.</typeparam>
internal sealed class FlagKeyword<T>(IReadOnlyList<string> names, Action<T, ArgumentReader> apply) : Keyword<T>(names)
{
    public override bool Accepts(string text) => Take.Boolean.TryParse(text, out _, out _) || text is "0" or "1";

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics);
        apply(draft, reader);
        reader.ExpectEnd();
    }
}
