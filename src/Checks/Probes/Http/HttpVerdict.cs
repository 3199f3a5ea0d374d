using System.Globalization;
using System.Text.RegularExpressions;

namespace Director.Checks.Probes;

/// <summary>What an answer says of the server: there is one, its status, its digest, its text, in this order. Pure.</summary>
internal static class HttpVerdict
{
    /// <summary>The verdict on an answer that has ended.</summary>
    /// <param name="url">What was asked for.</param>
    /// <param name="response">The answer.</param>
    /// <param name="body">Its body.</param>
    public static ProbeResult Of(HttpUrl url, HttpResponse response, HttpBodyCheck body)
    {
        if (response.Problem is { } problem) return ProbeResult.Failure($"{url.Path}: {problem}");
        if (!response.HasHeader) return ProbeResult.Failure($"{url.Path}: closed without an answer");
        if (!url.StatusCodes.Contains(response.StatusCode))
            return ProbeResult.Failure(string.Create(CultureInfo.InvariantCulture, $"{url.Path}: status {response.StatusCode}"));
        if (url.Digest is { } wanted && body.Digest() is var digest && digest != wanted)
            return ProbeResult.Failure($"{url.Path}: digest {digest}");
        try
        {
            return body.IsTextGood() ? ProbeResult.Success
                : ProbeResult.Failure($"{url.Path}: regex {(url.Pattern!.IsUnwanted ? "found" : "not found")}");
        }
        catch (RegexMatchTimeoutException)
        {
            return ProbeResult.Failure($"{url.Path}: regex undecided after {HttpLimits.SearchTime.TotalMilliseconds:0} ms");
        }
    }
}
