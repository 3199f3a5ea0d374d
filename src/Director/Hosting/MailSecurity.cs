namespace Director.Hosting;

/// <summary>How the way to the mail server is protected.</summary>
internal enum MailSecurity
{
    /// <summary>Not at all, as keepalived has it.</summary>
    None,

    /// <summary>By STARTTLS (RFC 3207), which the server must offer.</summary>
    StartTls,

    /// <summary>By TLS from the first byte on (RFC 8314).</summary>
    Tls,
}
