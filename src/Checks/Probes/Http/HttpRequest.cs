using System.Text;
using Director.Net;

namespace Director.Checks.Probes;

/// <summary>The request of an HTTP probe, byte for byte as keepalived asks (check/check_http.c, <c>request_template</c>).</summary>
internal static class HttpRequest
{
    /// <summary>The bytes; text of the configuration goes out in UTF-8.</summary>
    /// <param name="url">What is asked for.</param>
    /// <param name="protocol">How.</param>
    /// <param name="target">Whom.</param>
    public static byte[] Bytes(HttpUrl url, HttpProtocol protocol, Endpoint target) => Encoding.UTF8.GetBytes(
        $"GET {url.Path} HTTP/1.{(protocol == HttpProtocol.Version11 ? '1' : '0')}\r\n" +
        "User-Agent: KeepAliveClient\r\n" +
        (protocol == HttpProtocol.Version10 ? "" : "Connection: close\r\n") +
        $"Host: {url.Host ?? target.ToHostPort()}\r\n\r\n");
}
