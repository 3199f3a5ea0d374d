using System.Net.Sockets;
using System.Text.Json;

namespace Director.Perf.Stress;

/// <summary>Asks a director, on the socket in its run directory, what its first virtual router counted and for its collections.</summary>
internal sealed class StateQuestion : IDisposable
{
    private readonly HttpClient _client;

    /// <summary>A client of the director with this run directory.</summary>
    public StateQuestion(string runDirectory)
    {
        var path = Path.Combine(runDirectory, "admin.sock");
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        _client = new HttpClient(handler) { BaseAddress = new Uri("http://director/") };
    }

    /// <summary>What it says now. It is under pressure: it may take its time.</summary>
    public async Task<State> AskAsync(TimeSpan patience, CancellationToken stop)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limited.CancelAfter(patience);
        try
        {
            using var json = JsonDocument.Parse(await _client.GetStringAsync(new Uri("status", UriKind.Relative), limited.Token));
            var counters = json.RootElement.GetProperty("vrrp")[0].GetProperty("counters").EnumerateObject()
                .Where(counter => counter.Value.ValueKind == JsonValueKind.Number)
                .ToDictionary(counter => counter.Name, counter => counter.Value.GetInt64());
            return new(counters, json.RootElement.GetProperty("runtime").GetProperty("collections").GetInt32());
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            throw new PerfException($"the director does not say how it is: {error.Message}");
        }
    }

    /// <summary>The whole of what it says now.</summary>
    public async Task<JsonDocument> WholeAsync(CancellationToken stop) =>
        JsonDocument.Parse(await _client.GetByteArrayAsync(new Uri("status", UriKind.Relative), stop));

    /// <summary>Has it reload, and says what came of it.</summary>
    public async Task<JsonDocument> ReloadAsync(CancellationToken stop)
    {
        using var answer = await _client.PostAsync(new Uri("reload", UriKind.Relative), content: null, stop);
        answer.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(stop));
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>What it said.</summary>
    /// <param name="Counters">Of its first virtual router, by name.</param>
    /// <param name="Collections">Of its main process.</param>
    internal sealed record State(IReadOnlyDictionary<string, long> Counters, int Collections)
    {
        /// <summary>All that were refused.</summary>
        public long Rejected =>
            Counters.Where(counter => counter.Key.StartsWith("rejected", StringComparison.Ordinal)).Sum(counter => counter.Value);

        /// <summary>A counter; 0 if it is not there.</summary>
        public long Counter(string name) => Counters.GetValueOrDefault(name);
    }
}
