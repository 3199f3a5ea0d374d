namespace Director.Hosting;

/// <summary>Whether the XDP programs forward packets of established connections by themselves.</summary>
internal enum OffloadMode
{
    /// <summary>With native XDP, by devices that have been proven to deliver.</summary>
    Auto,

    /// <summary>With native XDP, by all devices, unproven.</summary>
    On,

    /// <summary>Never.</summary>
    Off,
}
