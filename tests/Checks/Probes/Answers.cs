using System.Text;
using Director.Checks.Probes;

namespace Director.Tests.Checks.Probes;

/// <summary>Hands answers to the machines of probes, whole or in any pieces.</summary>
internal static class Answers
{
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>The verdict on an HTTP answer, in pieces that end at these places, and its body as taken in.</summary>
    public static (ProbeResult Result, HttpResponse Response, string Body) Http(HttpUrl url, byte[] answer, params int[] ends)
    {
        var text = new StringBuilder();
        using var body = new HttpBodyCheck(url.Digest is not null, url.Pattern is { } pattern ? new(pattern) : null);
        var response = new HttpResponse(new Both(body, text));
        var start = 0;
        foreach (var end in ends.Append(answer.Length))
        {
            response.Append(answer.AsSpan(start, end - start));
            start = end;
        }

        return (HttpVerdict.Of(url, response, body), response, text.ToString());
    }

    private sealed class Both(IHttpBody body, StringBuilder text) : IHttpBody
    {
        public void Append(ReadOnlySpan<byte> bytes)
        {
            body.Append(bytes);
            text.Append(Encoding.Latin1.GetString(bytes));
        }
    }
}
