using System.Text;

namespace Director.Config.Binder;

/// <summary>A name for DNS (RFC 1035 §2.3.4); a dot alone is the root.</summary>
internal sealed class DnsNameArgument : Argument<string>
{
    private const int LongestLabel = 63, LongestName = 255;

    public static readonly DnsNameArgument Instance = new();

    public override string Expected => "a name";

    public override bool IsFreeText => true;

    public override bool TryParse(string text, out string value, out Rejection rejection)
    {
        value = text;
        rejection = new("is empty; a name is needed");
        if (text is "." or "") return text.Length > 0;
        var labels = (text.EndsWith('.') ? text[..^1] : text).Split('.');
        if (labels.Any(label => label.Length == 0)) rejection = new("has an empty label");
        else if (labels.Any(label => Encoding.UTF8.GetByteCount(label) > LongestLabel))
            rejection = new($"has a label of over {LongestLabel} bytes");
        else if (labels.Sum(label => Encoding.UTF8.GetByteCount(label) + 1) + 1 > LongestName)
            rejection = new($"is longer than {LongestName} bytes");
        else return true;
        return false;
    }
}
