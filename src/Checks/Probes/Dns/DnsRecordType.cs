namespace Director.Checks.Probes;

/// <summary>The kinds of records that a DNS probe may ask for (IANA, "Resource Record (RR) TYPEs").</summary>
public enum DnsRecordType : ushort
{
    /// <summary>An IPv4 address.</summary>
    A = 1,

    /// <summary>A name server.</summary>
    NS = 2,

    /// <summary>Another name.</summary>
    CNAME = 5,

    /// <summary>The start of a zone.</summary>
    SOA = 6,

    /// <summary>A mail exchanger.</summary>
    MX = 15,

    /// <summary>Text.</summary>
    TXT = 16,

    /// <summary>An IPv6 address.</summary>
    AAAA = 28,

    /// <summary>A signature.</summary>
    RRSIG = 46,

    /// <summary>A key of a zone.</summary>
    DNSKEY = 48,
}
