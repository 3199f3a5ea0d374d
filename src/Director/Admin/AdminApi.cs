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
        routes.MapGet("/status", async (HttpContext context) =>
            await context.Response.WriteAsJsonAsync(await director.StatusAsync(context.RequestAborted), StatusJson.Default.StatusDocument, null, context.RequestAborted));
        routes.MapPost("/reload", async (HttpContext context) =>
            await context.Response.WriteAsJsonAsync(await director.ReloadAsync(context.RequestAborted), StatusJson.Default.ReloadAnswer, null, context.RequestAborted));
    }
}
