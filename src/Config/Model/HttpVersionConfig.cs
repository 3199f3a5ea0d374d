namespace Director.Config;

/// <summary><c>http_protocol</c> of an HTTP check.</summary>
public enum HttpVersionConfig
{
    /// <summary><c>1.0</c>.</summary>
    Http10,

    /// <summary><c>1.0C</c>: with <c>Connection: close</c>.</summary>
    Http10Close,

    /// <summary><c>1.1</c>, with <c>Connection: close</c> too.</summary>
    Http11,
}
