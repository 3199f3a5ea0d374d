using System.Globalization;
using Director.Net;

namespace Director.Config;

/// <summary>A <c>url</c> of an HTTP check, with what it inherits filled in.</summary>
/// <param name="Path"><c>path</c>.</param>
public sealed record HttpUrlConfig(string Path)
{
    /// <summary><c>virtualhost</c> of the url, the check, the real server or the virtual server; null if none has one.</summary>
    public string? VirtualHost { get; init; }

    /// <summary>The name that is told in the TLS handshake: <c>enable_sni</c>, <c>sni_name</c>; null is none.</summary>
    public string? ServerName { get; init; }

    /// <summary><c>status_code</c>: what is good, within 100–599.</summary>
    public IReadOnlyList<NumberRange> StatusCodes { get; init; } = [new(200, 299)];

    /// <summary><c>digest</c>: the MD5 of the body, 32 small hexadecimal digits; null is any.</summary>
    public string? Digest { get; init; }

    /// <summary><c>regex</c>; null is none.</summary>
    public HttpPatternConfig? Pattern { get; init; }

    /// <summary><c>tls_compliant</c> of the url or the check: the TLS connection is ended by a close_notify.</summary>
    public bool ClosesTls { get; init; }

    /// <summary>As it is told in a reload's plan.</summary>
    public override string ToString() =>
        $"{Path} of {VirtualHost ?? "the address"} status {string.Join(' ', StatusCodes.Select(Text))}"
        + (Digest is null ? "" : $" digest {Digest}") + (Pattern is null ? "" : $" {Pattern}")
        + (ServerName is null ? "" : $" sni {ServerName}") + (ClosesTls ? " tls_compliant" : "");

    private static string Text(NumberRange codes) => codes.First == codes.Last
        ? codes.First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{codes.First}-{codes.Last}");
}
