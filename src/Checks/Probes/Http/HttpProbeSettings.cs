namespace Director.Checks.Probes;

/// <summary><c>HTTP_GET</c>, or <c>SSL_GET</c> if there is a <see cref="Tls"/>: fetches its urls, one in each attempt.</summary>
/// <param name="Connection">Where it connects.</param>
/// <param name="Urls">What it fetches, at least one.</param>
public sealed record HttpProbeSettings(ConnectionSettings Connection, IReadOnlyList<HttpUrl> Urls) : ProbeSettings
{
    /// <summary><c>http_protocol</c>.</summary>
    public HttpProtocol Protocol { get; init; }

    /// <summary>Null speaks plain HTTP.</summary>
    public TlsClientSettings? Tls { get; init; }

    /// <summary><c>fast_recovery</c>: no waiting between the urls until all have passed.</summary>
    public bool RecoversFast { get; init; }

    /// <inheritdoc/>
    public override TimeSpan LongestAttempt => Connection.Timeout * HttpLimits.TimeoutsInAll;

    /// <inheritdoc/>
    public override string Keyword => Tls is null ? "HTTP_GET" : "SSL_GET";

    /// <inheritdoc/>
    public override UrlWalk NewWalk() => new(Urls.Count, RecoversFast);

    /// <inheritdoc/>
    public override string PassedLine(string server) => $"Remote Web server {server} succeed on service.";

    /// <inheritdoc/>
    public override string FailedLine(string server, int retries) =>
        base.FailedLine(server, retries).Replace("_GET", "_CHECK", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string MailLine(bool passed, string? reason) =>
        passed ? "CHECK succeed on service" : "CHECK failed on service : HTTP/SSL request failed";

    /// <inheritdoc/>
    public bool Equals(HttpProbeSettings? other) =>
        other is not null && Connection == other.Connection && Protocol == other.Protocol && Tls == other.Tls
        && RecoversFast == other.RecoversFast && Urls.SequenceEqual(other.Urls);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Connection, Protocol, Tls, Urls.Count, Urls[0]);
}
