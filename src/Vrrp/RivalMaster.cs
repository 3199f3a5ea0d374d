using Director.Net;

namespace Director.Vrrp;

/// <summary>Another router that goes on advertising a virtual router of which this one is master.</summary>
/// <param name="Source">Where it sends from.</param>
/// <param name="Mac">The Ethernet address that its adverts come from; null if that is not known.</param>
/// <param name="Ignored">
/// Why its adverts are not taken; <see cref="AdvertisementRejection.None"/> if they are, and it does not yield.
/// </param>
/// <param name="Adverts">How many came in a row.</param>
public readonly record struct RivalMaster(IpAddress128 Source, MacAddress? Mac, AdvertisementRejection Ignored, long Adverts);
