namespace Director.Checks.Probes;

/// <summary>How an HTTP probe asks (<c>http_protocol</c>).</summary>
public enum HttpProtocol
{
    /// <summary>HTTP/1.0.</summary>
    Version10,

    /// <summary>HTTP/1.0 with <c>Connection: close</c>.</summary>
    Version10Close,

    /// <summary>HTTP/1.1, also with <c>Connection: close</c>.</summary>
    Version11,
}
