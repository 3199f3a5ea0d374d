using System.Globalization;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>A network: <c>default</c>, <c>all</c> and <c>any</c>, or <c>IP[/LEN]</c> of either family, without its host bits.</summary>
internal sealed class PrefixArgument : Argument<(IpAddress128? Address, int Length)>
{
    public static readonly PrefixArgument Instance = new();

    public override string Expected => "a network: an IP address with or without /LENGTH, default or all";

    public override bool TryParse(string text, out (IpAddress128? Address, int Length) value, out Rejection rejection)
    {
        value = default;
        rejection = new($"is not {Expected}");
        if (text is "default" or "all" or "any") return true;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpAddress128.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address)) return false;
        var bits = address.Size * 8;
        var length = bits;
        var isLength = slash < 0
            || (int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= bits);
        if (!isLength)
        {
            rejection = new($"has a prefix length that is not 0 to {bits}");
            return false;
        }

        value = (address.Network(length), length);
        return true;
    }
}
