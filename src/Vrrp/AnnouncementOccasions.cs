namespace Director.Vrrp;

/// <summary>Why addresses are announced.</summary>
[Flags]
internal enum AnnouncementOccasions : byte
{
    /// <summary>They are not.</summary>
    None = 0,

    /// <summary>Their router has become master.</summary>
    Mastership = 1,

    /// <summary>A lower master was heard.</summary>
    LowerMaster = 2,

    /// <summary>Some are new.</summary>
    Addition = 4,
}
