using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>
/// A keyword with one or more arguments of a kind, which may stand on several lines. One that is no good does not spoil the rest.
/// </summary>
/// <typeparam name="T">The draft.</typeparam>
/// <typeparam name="TValue">The arguments' type.</typeparam>
internal sealed class ListKeyword<T, TValue>(string name, Argument<TValue> argument, Action<T, TValue> add) : Keyword<T>(name)
{
    public override string Arguments => $"{argument.Expected}, one or more";

    public override bool IsRepeatable => true;

    public override bool TakesFreeText => argument.IsFreeText;

    public override bool Accepts(string text) => argument.TryParse(text, out _, out _);

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics);
        do
        {
            if (reader.TryTake(argument, out var value)) add(draft, value);
        }
        while (!reader.IsAtEnd);
    }
}
