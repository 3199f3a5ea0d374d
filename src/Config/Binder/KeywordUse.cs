namespace Director.Config.Binder;

/// <summary>What becomes of a keyword.</summary>
internal enum KeywordUse
{
    /// <summary>It does what keepalived.conf(5) says.</summary>
    Implemented,

    /// <summary>It is accepted and has nothing to do here, for a reason that is said.</summary>
    NotUsed,

    /// <summary>The block that it stands in is left out, for it would do something else than is written; that is said.</summary>
    Refused,
}
