namespace Director.Vrrp;

/// <summary>How the addresses of an advertisement compare with an instance's own.</summary>
public enum AddressAgreement : byte
{
    /// <summary>The same, each once, in any order; or they were not compared.</summary>
    Same,

    /// <summary>Some are the same: the same virtual router, of which one side has not been told everything yet.</summary>
    Partial,

    /// <summary>None is the same: another cluster's virtual router.</summary>
    None,
}
