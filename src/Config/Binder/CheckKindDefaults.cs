namespace Director.Config.Binder;

/// <summary>
/// What a kind of check does where neither it nor its real server nor its virtual server says (keepalived.conf(5), "Healthchecker").
/// </summary>
/// <param name="Retries"><c>retry</c>.</param>
/// <param name="DelayBeforeRetry"><c>delay_before_retry</c>; null is its <c>delay_loop</c>.</param>
internal readonly record struct CheckKindDefaults(int Retries, TimeSpan? DelayBeforeRetry)
{
    /// <summary><c>TCP_CHECK</c>, <c>SMTP_CHECK</c>, <c>UDP_CHECK</c>, <c>PING_CHECK</c>.</summary>
    public static CheckKindDefaults Ordinary => new(1, TimeSpan.FromSeconds(1));

    /// <summary><c>HTTP_GET</c> and <c>SSL_GET</c>.</summary>
    public static CheckKindDefaults Http => new(1, TimeSpan.FromSeconds(3));

    /// <summary><c>DNS_CHECK</c>.</summary>
    public static CheckKindDefaults Dns => new(3, null);

    /// <summary><c>MISC_CHECK</c>.</summary>
    public static CheckKindDefaults Misc => new(0, TimeSpan.FromSeconds(1));
}
