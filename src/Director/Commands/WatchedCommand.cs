using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Director.Admin;
using Director.Datapath.Stats;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Director.Commands;

/// <summary>
/// A command that shows a part of a running director's state: for eyes, or with <c>--json</c> for programs; once, or with <c>--watch</c>
/// again and again until Ctrl-C: live in a terminal, else one after another (JSON: a line each).
/// </summary>
internal static class WatchedCommand
{
    private const int PipedWidth = 200;

    private static readonly JsonSerializerOptions OneLine = new() { WriteIndented = false };

    /// <summary>Makes the command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="about">What it is for.</param>
    /// <param name="ask">How the state is had.</param>
    /// <param name="shape">Its JSON shape.</param>
    /// <param name="view">How it looks.</param>
    public static Command Create<T>(
        string name, string about, Func<AdminSocket, CancellationToken, Task<T>> ask, JsonTypeInfo<T> shape, Func<T, IRenderable> view)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var watch = new Option<bool>("--watch") { Description = "Print again every two seconds, until Ctrl-C" };
        var runDirectory = SharedOptions.RunDirectory();
        var command = new Command(name, about) { json, watch, runDirectory };
        command.SetAction((parsed, cancellation) => AdminQuestion.AskAsync(
            parsed.GetValue(runDirectory)!,
            async socket =>
            {
                var inJson = parsed.GetValue(json);
                if (!parsed.GetValue(watch)) Print(await ask(socket, cancellation), inJson ? shape : null, view);
                else if (inJson) await RepeatAsync(socket, ask, state => Console.Out.WriteLine(Line(state, shape)), cancellation);
                else if (Console.IsOutputRedirected) await RepeatAsync(socket, ask, state => Print(state, null, view), cancellation);
                else await LiveAsync(socket, ask, view, cancellation);
                return 0;
            },
            cancellation));
        return command;
    }

    private static void Print<T>(T state, JsonTypeInfo<T>? shape, Func<T, IRenderable> view)
    {
        if (shape is not null) Console.Out.WriteLine(JsonSerializer.Serialize(state, shape));
        else Terminal().Write(view(state));
    }

    private static string Line<T>(T state, JsonTypeInfo<T> shape)
    {
        using var document = JsonSerializer.SerializeToDocument(state, shape);
        return JsonSerializer.Serialize(document.RootElement, OneLine);
    }

    private static async Task RepeatAsync<T>(
        AdminSocket socket, Func<AdminSocket, CancellationToken, Task<T>> ask, Action<T> show, CancellationToken cancellation)
    {
        while (true)
        {
            show(await ask(socket, cancellation));
            await Task.Delay(TrafficEstimator.Period, cancellation);
        }
    }

    private static async Task LiveAsync<T>(
        AdminSocket socket, Func<AdminSocket, CancellationToken, Task<T>> ask, Func<T, IRenderable> view, CancellationToken cancellation)
    {
        var first = view(await ask(socket, cancellation));
        await AnsiConsole.Live(first).Overflow(VerticalOverflow.Ellipsis).Cropping(VerticalOverflowCropping.Bottom)
            .StartAsync(live => RepeatAsync(socket, ask, state => live.UpdateTarget(view(state)), cancellation));
    }

    /// <summary>A pipe has no width of its own: what greps it wants whole lines.</summary>
    private static IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected) console.Profile.Width = PipedWidth;
        return console;
    }
}
