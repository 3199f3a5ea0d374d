namespace Director.Hosting;

/// <summary>
/// What keepalived.conf(5) has no words for about mail: it sends in clear and without a name. Where to and about what stands in
/// <c>global_defs</c>.
/// </summary>
internal sealed class MailSettings
{
    /// <summary>How the way to the server is protected.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>Whom we are to the server (RFC 4954); empty for nobody.</summary>
    public string User { get; init; } = "";

    /// <summary>A file whose first line is the password of <see cref="User"/>; it should be root's alone.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>What is wrong with the values, a sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        if (User.Length > 0 != PasswordFile.Length > 0) yield return "Mail:User and Mail:PasswordFile need one another";
        if (User.Length > 0 && Security == MailSecurity.None)
            yield return "Mail:User needs Mail:Security starttls or tls: no password is sent in clear";
    }
}
