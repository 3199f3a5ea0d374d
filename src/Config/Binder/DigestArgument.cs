namespace Director.Config.Binder;

/// <summary>An MD5 digest, as <c>director genhash</c> prints it.</summary>
internal sealed class DigestArgument : Argument<string>
{
    private const int Digits = 32;

    public static readonly DigestArgument Instance = new();

    public override string Expected => "an MD5 digest of 32 hexadecimal digits";

    public override bool TryParse(string text, out string value, out Rejection rejection)
    {
        value = text.ToLowerInvariant();
        rejection = new(text.Length == Digits ? $"is not {Expected}" : $"is not {Expected}, for it has {text.Length}",
            "director genhash prints that of a url");
        return text.Length == Digits && text.All(char.IsAsciiHexDigit);
    }
}
