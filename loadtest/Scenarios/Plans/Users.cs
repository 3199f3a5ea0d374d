using System.Collections.Concurrent;
using Director.LoadScenarios.Clients;

namespace Director.LoadScenarios.Plans;

/// <summary>The kinds of users. Each call makes a scenario with connections of its own.</summary>
internal static class Users
{
    /// <summary>Asks on a connection that others left open, and leaves it open: a reverse proxy, or a browser's second click.</summary>
    public static LoadScenario KeepAlive()
    {
        ConnectionPool<HttpConnection>? pool = null;
        return LoadScenario.Create("keep-alive", async context =>
        {
            pool ??= new(user => new(context.Target.Web, context.Target.Source(user)), connection => connection.IsUsable);
            var connection = pool.Take(context.InvocationNumber);
            var response = await context.RunStepAsync("get", () => connection.GetAsync(last: false, context.Stop));
            pool.Return(connection);
            return response;
        });
    }

    /// <summary>Connects, asks once, and leaves: a script, a health check, an old client.</summary>
    public static LoadScenario PerRequest() => LoadScenario.Create("per-request", async context =>
    {
        using var connection = Connect(context);
        return await context.RunStepAsync("get", () => connection.GetAsync(last: true, context.Stop));
    });

    /// <summary>Connects and fetches a page and two things that belong to it, on one connection: a browser.</summary>
    public static LoadScenario Browser() => LoadScenario.Create("browser", async context =>
    {
        using var connection = Connect(context);
        var page = await context.RunStepAsync("page", () => connection.GetAsync(last: false, context.Stop));
        if (!page.IsOk) return page;
        var style = await context.RunStepAsync("style", () => connection.GetAsync(last: false, context.Stop));
        if (!style.IsOk) return style;
        return await context.RunStepAsync("script", () => connection.GetAsync(last: true, context.Stop));
    });

    /// <summary>Keeps one connection for as long as he is there, and asks on it at his pace; connects anew only once it is lost.</summary>
    public static LoadScenario LongLived()
    {
        var connections = new ConcurrentDictionary<int, HttpConnection>();
        return LoadScenario.Create("long-lived", async context =>
        {
            if (!connections.TryGetValue(context.InstanceNumber, out var connection) || !connection.IsUsable)
            {
                connection?.Dispose();
                connections[context.InstanceNumber] = connection = new(context.Target.Web, context.Target.Source(context.InstanceNumber));
            }

            return await context.RunStepAsync("get", () => connection.GetAsync(last: false, context.Stop));
        }).WithPace(TimeSpan.FromMilliseconds(500));
    }

    /// <summary>Sends a datagram and waits until it comes back, from sockets that others left open.</summary>
    public static LoadScenario Echo()
    {
        ConnectionPool<EchoSocket>? pool = null;
        return LoadScenario.Create("echo", async context =>
        {
            pool ??= new(user => new(context.Target.Echo, context.Target.Source(user)), _ => true);
            var socket = pool.Take(context.InvocationNumber);
            var response = await context.RunStepAsync("echo", () => socket.EchoAsync(context.Stop));
            pool.Return(socket);
            return response;
        });
    }

    private static HttpConnection Connect(IScenarioContext context) =>
        new(context.Target.Web, context.Target.Source(context.InvocationNumber));
}
