namespace Director.Config;

/// <summary>Where mail goes (<c>global_defs</c>). Nothing is sent without a server and recipients.</summary>
public sealed record MailConfig
{
    /// <summary>Port of SMTP (RFC 5321 §4.5.4.2).</summary>
    public const int DefaultPort = 25;

    /// <summary><c>smtp_server</c>: a name or an address; null if it is not said.</summary>
    public string? Server { get; init; }

    /// <summary>Its port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary><c>smtp_helo_name</c>: how we call ourselves; null for the host's name.</summary>
    public string? HeloName { get; init; }

    /// <summary><c>smtp_connect_timeout</c>.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>notification_email</c>.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary><c>notification_email_from</c>; null for our user at this host.</summary>
    public string? From { get; init; }

    /// <summary><c>no_email_faults</c>: nothing is sent about FAULT.</summary>
    public bool IsSilentAboutFaults { get; init; }

    /// <summary>Whether mail can be sent at all.</summary>
    public bool IsUsable => Server is not null && To.Count > 0;
}
