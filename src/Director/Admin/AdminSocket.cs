using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Director.Net;

namespace Director.Admin;

/// <summary>The admin API as a client sees it: HTTP over the Unix socket in the run directory.</summary>
internal sealed class AdminSocket : IDisposable
{
    private readonly HttpClient _client;

    /// <summary>A reload of a large configuration, or one while the VRRP process hangs, takes longer than other questions.</summary>
    private readonly HttpClient _patient;

    /// <summary>A client for the director whose run directory is given; connects at the first request.</summary>
    public AdminSocket(string runDirectory)
    {
        var path = PathIn(runDirectory);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri("http://director/"), Timeout = TimeSpan.FromSeconds(5) };
        _patient = new HttpClient(handler, disposeHandler: false) { BaseAddress = _client.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Where the socket is.</summary>
    public static string PathIn(string runDirectory) => Path.Combine(runDirectory, "admin.sock");

    /// <summary>The director's state. Throws <see cref="HttpRequestException"/> if nobody answers.</summary>
    public Task<StatusDocument> StatusAsync(CancellationToken cancellation) =>
        GetAsync("status", StatusJson.Default.StatusDocument, cancellation);

    /// <summary>The virtual services alone. Throws <see cref="HttpRequestException"/> if nobody answers.</summary>
    public Task<IReadOnlyList<ServiceStatus>> ServicesAsync(CancellationToken cancellation) =>
        GetAsync("services", StatusJson.Default.IReadOnlyListServiceStatus, cancellation);

    /// <summary>The packet path alone. Throws <see cref="HttpRequestException"/> if nobody answers.</summary>
    public Task<DatapathStatus> StatsAsync(CancellationToken cancellation) =>
        GetAsync("stats", StatusJson.Default.DatapathStatus, cancellation);

    /// <summary>Connections as they come, as JSON. Throws <see cref="HttpRequestException"/> if nobody answers.</summary>
    public Task<Stream> ConnectionsJsonAsync(ConnectionFilter filter, CancellationToken cancellation) =>
        _client.GetStreamAsync(new Uri("connections" + filter.ToQuery(), UriKind.Relative), cancellation);

    /// <summary>Connections as they come. Throws <see cref="HttpRequestException"/> if nobody answers.</summary>
    public async IAsyncEnumerable<ConnectionStatus> ConnectionsAsync(
        ConnectionFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await ConnectionsJsonAsync(filter, cancellation);
        await foreach (var entry in JsonSerializer.DeserializeAsyncEnumerable(stream, StatusJson.Default.ConnectionStatus, cancellation))
            yield return entry!;
    }

    /// <summary>
    /// Lets the estimates count from here on: a service's, or all. False if there is no such service. Throws
    /// <see cref="HttpRequestException"/> if nobody answers.
    /// </summary>
    public async Task<bool> ZeroAsync(ServiceKey? service, CancellationToken cancellation)
    {
        var query = service is { } key ? $"?service={Uri.EscapeDataString(ServiceName.Of(key))}" : "";
        using var answer = await _client.PostAsync(new Uri("zero" + query, UriKind.Relative), content: null, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound) return false;
        answer.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>
    /// Has the configuration read again and taken into force, whole or not at all. Throws <see cref="HttpRequestException"/> if nobody
    /// answers.
    /// </summary>
    public Task<ReloadAnswer> ReloadAsync(CancellationToken cancellation) => AskAsync("reload", content: null, cancellation);

    /// <summary>
    /// Asks what a configuration would change: these files, or null for the director's own. Throws <see cref="HttpRequestException"/> if
    /// nobody answers.
    /// </summary>
    public async Task<ReloadAnswer> PlanAsync(ConfigFileSet? files, CancellationToken cancellation)
    {
        if (files is null) return await AskAsync("plan", content: null, cancellation);
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(files, StatusJson.Default.ConfigFileSet));
        content.Headers.ContentType = new("application/json");
        return await AskAsync("plan", content, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _patient.Dispose();
        _client.Dispose();
    }

    private async Task<ReloadAnswer> AskAsync(string path, HttpContent? content, CancellationToken cancellation)
    {
        using var answer = await _patient.PostAsync(new Uri(path, UriKind.Relative), content, cancellation);
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        return await JsonSerializer.DeserializeAsync(stream, StatusJson.Default.ReloadAnswer, cancellation)
            ?? throw new HttpRequestException("the director answered with nothing");
    }

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> shape, CancellationToken cancellation)
    {
        await using var stream = await _client.GetStreamAsync(new Uri(path, UriKind.Relative), cancellation);
        return await JsonSerializer.DeserializeAsync(stream, shape, cancellation)
            ?? throw new HttpRequestException("the director answered with nothing");
    }
}
