using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Director.Datapath.Stats;
using Director.Hosting;
using Director.Net;
using Microsoft.AspNetCore.Http;
using Endpoint = Director.Net.Endpoint;

namespace Director.Admin;

/// <summary>
/// <c>GET /connections</c>: a JSON array, a <see cref="ConnectionStatus"/> a line, written as the workers give their tables away. A client
/// that reads slowly is waited for; nothing is kept, and nothing left to the collector for each connection, however many there are.
/// </summary>
internal static class ConnectionsAnswer
{
    /// <summary>The longest endpoint: an IPv6 address in brackets and a port.</summary>
    private const int EndpointBytes = 64;

    /// <summary>Answers a request; the query is that of <see cref="ConnectionFilter"/>. 400 says what is wrong with it.</summary>
    public static async Task WriteAsync(HttpContext context, DirectorService director)
    {
        var query = context.Request.Query;
        if (!ConnectionFilter.TryParse(query["service"], query["server"], query["client"], query["limit"], out var filter, out var problem))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(problem + "\n", context.RequestAborted);
            return;
        }

        context.Response.ContentType = "application/json";
        try
        {
            var connections = director.ConnectionsAsync(context.RequestAborted);
            await WriteAsync(context.Response.BodyWriter, connections, filter, context.RequestAborted);
        }
        catch (Exception exception) when (exception is TimeoutException or ObjectDisposedException)
        {
            // A worker has stalled, or has ended with the director: half a list must not look like a whole one.
            context.Abort();
        }
    }

    /// <summary>The array of what is wanted; each list is written before the next is asked for.</summary>
    internal static async Task WriteAsync(
        PipeWriter body, IAsyncEnumerable<IReadOnlyList<ConnectionEntry>> lists, ConnectionFilter filter, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(body);
        body.Write("["u8);
        var written = 0L;
        await foreach (var entries in lists)
        {
            foreach (var entry in entries)
            {
                if (written == filter.Limit) break;
                if (!filter.Matches(entry)) continue;
                body.Write(written++ == 0 ? "\n"u8 : ",\n"u8);
                Write(json, entry);
            }

            if (written == filter.Limit) break;
            await body.FlushAsync(cancellation);
        }

        body.Write("\n]\n"u8);
        await body.FlushAsync(cancellation);
    }

    /// <summary>One entry, as <see cref="ConnectionStatus"/> reads it.</summary>
    internal static void Write(Utf8JsonWriter json, in ConnectionEntry entry)
    {
        json.Reset();
        json.WriteStartObject();
        json.WriteString("protocol"u8, entry.Service.Protocol == IpProtocol.Udp ? "UDP"u8 : "TCP"u8);
        Write(json, "client"u8, entry.Client);
        Write(json, "virtual"u8, entry.Virtual);
        Write(json, "server"u8, entry.Server);
        json.WriteString("state"u8, entry.StateName);
        json.WriteNumber("expiresSeconds"u8, (long)entry.Expires.TotalSeconds);
        json.WriteBoolean("template"u8, entry.IsTemplate);
        json.WriteBoolean("offloaded"u8, entry.IsOffloaded);
        json.WriteEndObject();
        json.Flush();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, Endpoint endpoint)
    {
        Span<byte> text = stackalloc byte[EndpointBytes];
        _ = endpoint.TryFormatHostPort(text, out var length);
        json.WriteString(name, text[..length]);
    }
}
