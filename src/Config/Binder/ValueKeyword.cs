using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A keyword with one argument, which may be optional.</summary>
/// <typeparam name="T">The draft.</typeparam>
/// <typeparam name="TValue">The argument's type.</typeparam>
internal sealed class ValueKeyword<T, TValue>(
    IReadOnlyList<string> names, Argument<TValue> argument, Action<T, TValue, ArgumentReader> apply) : Keyword<T>(names)
{
    /// <summary>The value of the keyword alone, if it may stand alone.</summary>
    public (bool IsAllowed, TValue Value) Bare { get; init; }

    public override string Arguments => Bare.IsAllowed ? $"[{argument.Expected}]" : argument.Expected;

    public override bool TakesFreeText => argument.IsFreeText;

    public override bool Accepts(string text) => argument.TryParse(text, out _, out _);

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics);
        if (Bare.IsAllowed && reader.IsAtEnd)
        {
            apply(draft, Bare.Value, reader);
            return;
        }

        if (!reader.TryTake(argument, out var value)) return;
        apply(draft, value, reader);
        reader.ExpectEnd();
    }
}
