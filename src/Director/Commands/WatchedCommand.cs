using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Director.Admin;
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
                var (watched, inJson) = (parsed.GetValue(watch), parsed.GetValue(json));
                if (watched && !inJson && !Console.IsOutputRedirected)
                    await Watch.LiveAsync(async () => view(await ask(socket, cancellation)), cancellation);
                else if (watched) await Watch.RepeatAsync(ShowAsync, cancellation);
                else await ShowAsync();
                return 0;

                async Task ShowAsync()
                {
                    var state = await ask(socket, cancellation);
                    if (!inJson) Terminal().Write(view(state));
                    else Console.Out.WriteLine(watched ? Line(state, shape) : JsonSerializer.Serialize(state, shape));
                }
            },
            cancellation));
        return command;
    }

    private static string Line<T>(T state, JsonTypeInfo<T> shape)
    {
        using var document = JsonSerializer.SerializeToDocument(state, shape);
        return JsonSerializer.Serialize(document.RootElement, OneLine);
    }

    /// <summary>A pipe has no width of its own: what greps it wants whole lines.</summary>
    private static IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected) console.Profile.Width = PipedWidth;
        return console;
    }
}
