namespace Director.Vrrp.Wire;

/// <summary>How a version 2 advertisement is authenticated (RFC 2338 §5.3.6).</summary>
public enum AuthenticationType : byte
{
    /// <summary>Not at all; the eight bytes of authentication data are zero.</summary>
    None = 0,

    /// <summary>A password in clear: a guard against misconfiguration, not against an attacker.</summary>
    Password = 1,

    /// <summary>An IP authentication header (RFC 2402), which this program does not speak.</summary>
    Header = 2,
}
