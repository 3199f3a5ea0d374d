using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Director.Datapath.Stats;
using Director.Net;
using Microsoft.AspNetCore.Http;
using Endpoint = Director.Net.Endpoint;

namespace Director.Admin;

/// <summary>Which connections are wanted: all that is given must fit.</summary>
internal sealed record ConnectionFilter
{
    /// <summary>The service, or null for all.</summary>
    public ServiceKey? Service { get; init; }

    /// <summary>The real server, or null for all.</summary>
    public Endpoint? Server { get; init; }

    /// <summary>The client's network, or null for all clients.</summary>
    public IpAddress128? Client { get; init; }

    /// <summary>Bits of <see cref="Client"/> that count, in its own family.</summary>
    public int ClientPrefixLength { get; init; }

    /// <summary>The most that is wanted.</summary>
    public long Limit { get; init; } = long.MaxValue;

    /// <summary>Reads the words of a query or a command line, null for what was not said; else says what is wrong.</summary>
    public static bool TryParse(
        string? service, string? server, string? client, string? limit,
        [NotNullWhen(true)] out ConnectionFilter? filter, [NotNullWhen(false)] out string? problem)
    {
        (filter, problem) = (null, null);
        var read = new ConnectionFilter();
        if (service is not null)
        {
            if (!ServiceName.TryParse(service, out var key)) problem = $"'{service}' is no service, such as tcp:192.0.2.1:80";
            read = read with { Service = key };
        }

        if (server is not null)
        {
            if (!Endpoint.TryParse(server, out var endpoint)) problem = $"'{server}' is no server, such as 192.0.2.2:80";
            read = read with { Server = endpoint };
        }

        if (client is not null)
        {
            if (!TryParseNetwork(client, out var network, out var length)) problem = $"'{client}' is no client, such as 192.0.2.0/24";
            read = read with { Client = network, ClientPrefixLength = length };
        }

        if (limit is not null)
        {
            if (!long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var most)) problem = $"'{limit}' is no limit";
            read = read with { Limit = most };
        }

        if (problem is not null) return false;
        filter = read;
        return true;
    }

    /// <summary>The same as the query of an address, empty if all are wanted.</summary>
    public string ToQuery()
    {
        var query = QueryString.Empty;
        if (Service is { } service) query = query.Add("service", ServiceName.Of(service));
        if (Server is { } server) query = query.Add("server", server.ToHostPort());
        if (Client is { } client)
            query = query.Add("client", string.Create(CultureInfo.InvariantCulture, $"{client}/{ClientPrefixLength}"));
        if (Limit != long.MaxValue) query = query.Add("limit", Limit.ToString(CultureInfo.InvariantCulture));
        return query.ToString();
    }

    /// <summary>Whether it is wanted.</summary>
    public bool Matches(in ConnectionEntry entry) =>
        (Service is not { } service || entry.Service == service)
        && (Server is not { } server || entry.Server == server)
        && (Client is not { } client
            || (entry.Client.Address.IsV4 == client.IsV4 && entry.Client.Address.Network(ClientPrefixLength) == client));

    private static bool TryParseNetwork(string text, out IpAddress128 network, out int length)
    {
        length = 0;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpAddress128.TryParse(slash < 0 ? text : text[..slash], out network)) return false;
        var bits = network.IsV4 ? 32 : 128;
        if (slash < 0) length = bits;
        else if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length)) return false;
        if (length > bits) return false;
        network = network.IsV4 && length == 0 ? IpAddress128.FromV4(0) : network.Network(length);
        return true;
    }
}
