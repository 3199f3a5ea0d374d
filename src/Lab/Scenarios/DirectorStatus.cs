using System.Text.Json;

namespace Director.Lab.Scenarios;

/// <summary>
/// What the lab needs of a director's status document (<c>GET /status</c>). It is read by name, and what is absent counts as empty, so
/// that the lab can watch a director older or newer than itself.
/// </summary>
/// <param name="State">State of the first virtual router, such as <c>MASTER</c>; empty if unknown.</param>
/// <param name="DatapathMode">How packets are taken, such as <c>xdp</c>; empty if unknown.</param>
/// <param name="TakesVip">Whether it takes the packets of a VIP at present.</param>
/// <param name="Pool">The real servers of the first virtual service.</param>
internal sealed record DirectorStatus(string State, string DatapathMode, bool TakesVip, IReadOnlyList<PoolMember> Pool)
{
    /// <summary>Garbage collections since its start.</summary>
    public long Collections { get; init; }

    /// <summary>What its workers have counted, by name.</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    /// <summary>Reads the document; null if <paramref name="json"/> is no JSON object.</summary>
    public static DirectorStatus? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            var servers = First(root, "services") is { } service ? Items(service, "servers") : [];
            _ = root.TryGetProperty("datapath", out var datapath);
            _ = root.TryGetProperty("runtime", out var runtime);
            return new(
                First(root, "vrrp") is { } router ? Text(router, "state") : "",
                Text(datapath, "mode"),
                IsFilled(datapath, "vips"),
                [.. servers.Select(server => new PoolMember(
                    Text(server, "address"),
                    server.TryGetProperty("inPool", out var inPool) && inPool.ValueKind == JsonValueKind.True,
                    server.TryGetProperty("lastCheckSecondsAgo", out var age) && age.ValueKind == JsonValueKind.Number,
                    Number(server, "activeConnections"),
                    Number(server, "inactiveConnections")) { Weight = Number(server, "weight") })])
            {
                Collections = Number(runtime, "collections"),
                Counters = Numbers(datapath, "counters"),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? First(JsonElement parent, string name) => Items(parent, name) is [var first, ..] ? first : null;

    private static JsonElement[] Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)]
            : [];

    private static Dictionary<string, long> Numbers(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var all) && all.ValueKind == JsonValueKind.Object
            ? all.EnumerateObject().ToDictionary(number => number.Name, number => Number(all, number.Name))
            : [];

    private static bool IsFilled(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;

    private static string Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "";

    private static long Number(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var number)
        && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value)
            ? value
            : 0;
}
