using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// The address of a <c>virtual_server</c>. A <c>/length</c> or <c>-range</c> written to it is accepted and ignored, as by keepalived.
/// </summary>
internal sealed class VirtualServerAddressArgument : Argument<IpAddress128>
{
    public static readonly VirtualServerAddressArgument Instance = new();

    public override string Expected => "an IP address";

    public override bool TryParse(string text, out IpAddress128 value, out Rejection rejection)
    {
        rejection = new("is not an IP address");
        var end = text.AsSpan().IndexOfAny('/', '-');
        return IpAddress128.TryParse(end < 0 ? text : text.AsSpan(0, end), out value);
    }
}
