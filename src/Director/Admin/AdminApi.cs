using System.Text.Json.Serialization.Metadata;
using Director.Config;
using Director.Hosting;
using Director.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;

namespace Director.Admin;

/// <summary>
/// The admin API: what a running director answers on its Unix socket. Every answer is cut from one <see cref="StatusDocument"/>.
/// </summary>
internal static class AdminApi
{
    /// <summary>Of a configuration that is sent to be planned, as JSON.</summary>
    private const long MaxConfigurationBytes = 256 << 20;

    /// <summary>
    /// Maps <c>GET</c> of <c>/status</c>, <c>/services</c>, <c>/stats</c>, <c>/connections</c> and <c>/metrics</c>, and <c>POST</c> of
    /// <c>/zero</c>, <c>/reload</c> and <c>/plan</c>.
    /// </summary>
    public static void Map(IEndpointRouteBuilder routes, DirectorService director)
    {
        routes.MapGet("/status", async context =>
            await AnswerAsync(context, await director.StatusAsync(context.RequestAborted), StatusJson.Default.StatusDocument));
        routes.MapGet("/services", async context =>
            await AnswerAsync(
                context, (await director.StatusAsync(context.RequestAborted)).Services, StatusJson.Default.IReadOnlyListServiceStatus));
        routes.MapGet("/stats", async context =>
            await AnswerAsync(
                context, (await director.StatusAsync(context.RequestAborted)).Datapath, StatusJson.Default.DatapathStatus));
        routes.MapGet("/connections", context => ConnectionsAnswer.WriteAsync(context, director));
        routes.MapGet("/metrics", async context =>
        {
            context.Response.ContentType = PrometheusConstants.TextContentTypeWithVersionAndEncoding;
            await MetricsText.WriteAsync(
                await director.StatusAsync(context.RequestAborted), context.Response.Body, context.RequestAborted);
        });
        routes.MapPost("/reload", async context =>
            await AnswerAsync(context, await director.Reloads.ReloadAsync(), StatusJson.Default.ReloadAnswer));
        routes.MapPost("/plan", context => PlanAsync(context, director));
        routes.MapPost("/zero", context => ZeroAsync(context, director));
    }

    /// <summary>204, or 404 without such a service, or 400 if <c>?service=</c> is no name of one.</summary>
    private static async Task ZeroAsync(HttpContext context, DirectorService director)
    {
        ServiceKey? service = null;
        if (context.Request.Query["service"] is [{ } name, ..])
        {
            if (!ServiceName.TryParse(name, out var key))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            service = key;
        }

        var found = await director.ZeroAsync(service, context.RequestAborted);
        context.Response.StatusCode = found ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
    }

    /// <summary>Of the files in the body (<see cref="ConfigFileSet"/>), or without one of the director's own.</summary>
    private static async Task PlanAsync(HttpContext context, DirectorService director)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxConfigurationBytes;
        var files = context.Request.ContentLength is null or 0
            ? null
            : await context.Request.ReadFromJsonAsync(StatusJson.Default.ConfigFileSet, context.RequestAborted);
        var configContext = context.RequestServices.GetRequiredService<ConfigContext>();
        var answer = files is null
            ? await director.Reloads.PlanAsync() : await director.Reloads.PlanAsync(() => files.Read(configContext));
        await AnswerAsync(context, answer, StatusJson.Default.ReloadAnswer);
    }

    private static Task AnswerAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> shape) =>
        context.Response.WriteAsJsonAsync(answer, shape, contentType: null, context.RequestAborted);
}
