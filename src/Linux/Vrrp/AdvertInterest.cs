namespace Director.Linux.Vrrp;

/// <summary>What of a virtual router's datagrams a socket filter lets pass.</summary>
internal enum AdvertInterest : ulong
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>All that has not been routed.</summary>
    All = 1,

    /// <summary>One a second.</summary>
    Few = 2,
}
