namespace Director.Vrrp.Ports;

/// <summary>The adverts of one virtual router.</summary>
/// <param name="Link">The interface's number.</param>
/// <param name="Selector">Which adverts there.</param>
/// <param name="VirtualRouterId">Of which virtual router.</param>
/// <param name="ReceiveBufferSize">Bytes of the receive buffer; 0 for the link's choice.</param>
/// <param name="WantsUnknown">Whether a few adverts of virtual routers that nobody subscribes to are wanted too, for the log.</param>
public readonly record struct AdvertSubscription(
    int Link, AdvertSelector Selector, byte VirtualRouterId, int ReceiveBufferSize = 0, bool WantsUnknown = false);
