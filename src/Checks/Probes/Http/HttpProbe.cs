using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Director.Checks.Probes;

/// <summary>
/// Fetches one url, by HTTP or HTTPS, and judges the answer (keepalived check/check_http.c). Connecting, the handshake and each wait for
/// more of the answer may take the timeout; all together <see cref="HttpLimits.TimeoutsInAll"/> times that.
/// </summary>
public sealed class HttpProbe : IProbe
{
    private static readonly StreamPipeReaderOptions ReaderOptions = new(leaveOpen: true);

    private readonly HttpProbeSettings _settings;
    private readonly TimeProvider _time;
    private readonly TlsClient? _tls;
    private readonly (byte[] Request, BodySearch? Search)[] _urls;

    /// <summary>A probe of all its urls.</summary>
    /// <param name="settings">What is tried.</param>
    /// <param name="time">The clock of the timeouts.</param>
    /// <exception cref="ArgumentException">A pattern is no expression.</exception>
    public HttpProbe(HttpProbeSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _tls = settings.Tls is { } tls ? new(tls) : null;
        _urls = [.. settings.Urls.Select(url => (HttpRequest.Bytes(url, settings.Protocol, settings.Connection.Target),
            url.Pattern is { } pattern ? new BodySearch(pattern) : null))];
    }

    /// <inheritdoc/>
    public Task<ProbeResult> RunAsync(CancellationToken cancellation) => RunAsync(0, cancellation);

    /// <inheritdoc/>
    public Task<ProbeResult> RunAsync(int step, CancellationToken cancellation) =>
        RunAsync(step, HttpVerdict.Of, cancellation);

    /// <summary>Fetches the first url and tells what it gave, whatever the status.</summary>
    /// <param name="cancellation">The answer is no longer wanted.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was requested.</exception>
    public async Task<HttpDigest> DigestAsync(CancellationToken cancellation)
    {
        var digest = default(HttpDigest);
        var any = _settings with { Urls = [_settings.Urls[0] with { Digest = "", StatusCodes = HttpStatusCodes.Any }] };
        var result = await new HttpProbe(any, _time).RunAsync(0, (url, response, body) =>
        {
            if (response.Problem is not null || !response.HasHeader) return HttpVerdict.Of(url, response, body);
            digest = new(body.Digest(), response.StatusCode, body.Length, null);
            return ProbeResult.Success;
        }, cancellation).ConfigureAwait(false);
        return digest with { Problem = result.Reason };
    }

    private async Task<ProbeResult> RunAsync(
        int step, Func<HttpUrl, HttpResponse, HttpBodyCheck, ProbeResult> verdict, CancellationToken cancellation)
    {
        using var socket = ProbeSocket.TryOpen(_settings.Connection, SocketType.Stream, ProtocolType.Tcp, out var problem);
        if (socket is null) return problem;
        using var deadline = new ProbeDeadline(_settings.Connection.Timeout, HttpLimits.TimeoutsInAll, _time, cancellation);
        try
        {
            await socket.ConnectAsync(ProbeSocket.Target(_settings.Connection), deadline.Token).ConfigureAwait(false);
            await using var plain = new NetworkStream(socket, ownsSocket: false);
            if (_tls is null) return await AskAsync(plain, step, verdict, deadline).ConfigureAwait(false);
            await using var secured = new SslStream(plain, leaveInnerStreamOpen: true);
            var options = TlsOptions(_settings.Urls[step], out problem);
            if (options is null) return problem;
            deadline.NextStep();
            await secured.AuthenticateAsClientAsync(options, deadline.Token).ConfigureAwait(false);
            var result = await AskAsync(secured, step, verdict, deadline).ConfigureAwait(false);
            if (_settings.Urls[step].ClosesTls) await secured.ShutdownAsync().ConfigureAwait(false);
            return result;
        }
        catch (OperationCanceledException) when (deadline.IsTimeUp)
        {
            return ProbeResult.Failure(deadline.Reason);
        }
        catch (SocketException error)
        {
            return ProbeSocket.ResultOf(error);
        }
        catch (IOException error)
        {
            return ProbeResult.Failure((error.InnerException ?? error).Message);
        }
        catch (AuthenticationException error)
        {
            return ProbeResult.Failure($"TLS: {(error.InnerException ?? error).Message}");
        }
    }

    private SslClientAuthenticationOptions? TlsOptions(HttpUrl url, out ProbeResult problem)
    {
        problem = default;
        try
        {
            return _tls!.Options(url.ServerName, url.ServerName ?? HostName(url) ?? _settings.Connection.Target.Address.ToString());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = ProbeResult.LocalProblem($"SSL: {error.Message}");
            return null;
        }
    }

    /// <summary>The host without a port.</summary>
    private static string? HostName(HttpUrl url)
    {
        if (url.Host is not { } host) return null;
        var colon = host.LastIndexOf(':');
        var isPort = colon > 0 && (host[colon - 1] == ']' || host.IndexOf(':', StringComparison.Ordinal) == colon);
        return (isPort ? host[..colon] : host).Trim('[', ']');
    }

    private async Task<ProbeResult> AskAsync(
        Stream stream, int step, Func<HttpUrl, HttpResponse, HttpBodyCheck, ProbeResult> verdict, ProbeDeadline deadline)
    {
        var url = _settings.Urls[step];
        var (request, search) = _urls[step];
        using var body = new HttpBodyCheck(url.Digest is not null, search);
        var response = new HttpResponse(body);
        deadline.NextStep();
        await stream.WriteAsync(request, deadline.Token).ConfigureAwait(false);
        var reader = PipeReader.Create(stream, ReaderOptions);
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(deadline.Token).ConfigureAwait(false);
                foreach (var part in read.Buffer) response.Append(part.Span);
                reader.AdvanceTo(read.Buffer.End);
                if (response.IsDone || read.IsCompleted) break;
                // Nothing that follows can mend a bad status.
                if (response.HasHeader && !url.StatusCodes.Contains(response.StatusCode)) break;
                deadline.NextStep();
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }

        return verdict(url, response, body);
    }
}
