namespace Director.Vrrp;

/// <summary>Why a router last became master (RFC 6527, vrrpv3StatisticsNewMasterReason). The numbers are the MIB's.</summary>
public enum MasterReason : byte
{
    /// <summary>It never did.</summary>
    NotMaster = 0,

    /// <summary>Nobody with a higher priority took part: it owns the addresses, or the master resigned.</summary>
    Priority = 1,

    /// <summary>It preempted a master of lower priority.</summary>
    Preempted = 2,

    /// <summary>The master fell silent.</summary>
    MasterNoResponse = 3,
}
