namespace Director.Config.Binder;

/// <summary>Any text that is not empty.</summary>
internal sealed class TextArgument(string expected) : Argument<string>
{
    public override string Expected => expected;

    public override bool IsFreeText => true;

    public override bool TryParse(string text, out string value, out Rejection rejection)
    {
        value = text;
        rejection = new($"is empty; {Expected} is needed");
        return text.Length > 0;
    }
}
