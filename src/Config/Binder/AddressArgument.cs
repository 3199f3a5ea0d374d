using Director.Net;

namespace Director.Config.Binder;

/// <summary>An IPv4 or IPv6 address, without prefix length.</summary>
internal sealed class AddressArgument : Argument<IpAddress128>
{
    public override string Expected => "an IP address";

    public override bool TryParse(string text, out IpAddress128 value, out Rejection rejection)
    {
        rejection = new("is not an IP address");
        return IpAddress128.TryParse(text, out value);
    }
}
