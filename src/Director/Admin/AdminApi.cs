using System.Text.Json.Serialization.Metadata;
using Director.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Director.Admin;

/// <summary>The admin API: what a running director answers on its Unix socket.</summary>
internal static class AdminApi
{
    /// <summary>Maps <c>GET /status</c> and <c>POST /reload</c>.</summary>
    public static void Map(IEndpointRouteBuilder routes, DirectorService director)
    {
        routes.MapGet("/status", context => AnswerAsync(context, director.StatusAsync, StatusJson.Default.StatusDocument));
        routes.MapPost("/reload", context => AnswerAsync(context, director.ReloadAsync, StatusJson.Default.ReloadAnswer));
    }

    private static async Task AnswerAsync<T>(HttpContext context, Func<CancellationToken, Task<T>> ask, JsonTypeInfo<T> shape)
    {
        var aborted = context.RequestAborted;
        await context.Response.WriteAsJsonAsync(await ask(aborted), shape, contentType: null, aborted);
    }
}
