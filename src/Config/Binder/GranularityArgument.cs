using System.Numerics;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// How much of a client's address counts: an IPv4 netmask such as 255.255.255.0, or a prefix length of IPv6. Negative lengths are
/// those of masks, less one, so that the reader can tell which was written.
/// </summary>
internal sealed class GranularityArgument : Argument<int>
{
    public const string Mask = "an IPv4 netmask such as 255.255.255.0";
    public const string Length = "a prefix length, 1 to 128";

    public override string Expected => $"{Mask}, or for IPv6 {Length}";

    /// <summary>The prefix length of <paramref name="value"/> if it was written as a family wants it.</summary>
    public static bool TryGetLength(int value, bool isV4, out int length)
    {
        length = value < 0 ? -1 - value : value;
        return value < 0 == isV4;
    }

    public override bool TryParse(string text, out int value, out Rejection rejection)
    {
        rejection = new($"is not {Mask}");
        if (int.TryParse(text, out value) && value is >= 1 and <= 128) return true;
        value = 0;
        if (!IpAddress128.TryParse(text, out var mask) || !mask.IsV4) return false;
        var length = BitOperations.LeadingZeroCount(~mask.V4);
        value = -1 - length;
        rejection = new("has a gap between its ones; such masks are not supported");
        return BitOperations.PopCount(mask.V4) == length;
    }
}
