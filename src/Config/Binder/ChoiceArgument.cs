namespace Director.Config.Binder;

/// <summary>One of a few words.</summary>
/// <typeparam name="T">What the words stand for.</typeparam>
internal sealed class ChoiceArgument<T>(IReadOnlyList<(string Word, T Value)> choices, bool ignoreCase = false) : Argument<T>
{
    public override string Expected => choices.Count == 1
        ? choices[0].Word
        : $"{string.Join(", ", choices.SkipLast(1).Select(choice => choice.Word))} or {choices[^1].Word}";

    public override bool TryParse(string text, out T value, out Rejection rejection)
    {
        rejection = default;
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var choice in choices)
        {
            if (!string.Equals(choice.Word, text, comparison)) continue;
            value = choice.Value;
            return true;
        }

        value = default!;
        var near = Nearness.Nearest(text, choices.Select(choice => choice.Word));
        rejection = new($"is not {Expected}", near is null ? null : $"did you mean '{near}'?");
        return false;
    }
}
