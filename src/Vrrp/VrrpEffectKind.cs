namespace Director.Vrrp;

/// <summary>What a virtual router wants done.</summary>
public enum VrrpEffectKind : byte
{
    /// <summary>Send an advertisement of the effect's priority.</summary>
    Advertise,

    /// <summary>Arm steering for every address, then add it.</summary>
    AddAddresses,

    /// <summary>Remove every address, then disarm steering for it.</summary>
    RemoveAddresses,

    /// <summary>Start the announcements of a new master.</summary>
    AnnounceMastership,

    /// <summary>Start the announcements that answer a lower-priority master.</summary>
    AnnounceAgain,

    /// <summary>Tell that the state has changed.</summary>
    ReportState,

    /// <summary>Tell that something worth a log line was heard.</summary>
    ReportNotice,
}
