using System.Numerics;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>An IPv4 netmask such as 255.255.255.0; its value is the prefix length.</summary>
internal sealed class NetmaskArgument : Argument<int>
{
    public override string Expected => "an IPv4 netmask such as 255.255.255.0";

    public override bool TryParse(string text, out int value, out Rejection rejection)
    {
        value = 0;
        rejection = new($"is not {Expected}");
        if (!IpAddress128.TryParse(text, out var mask) || !mask.IsV4) return false;
        value = BitOperations.LeadingZeroCount(~mask.V4);
        rejection = new("has a gap between its ones; such masks are not supported");
        return BitOperations.PopCount(mask.V4) == value;
    }
}
