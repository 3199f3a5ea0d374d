using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using Director.Admin;
using Spectre.Console;

namespace Director.Commands;

/// <summary><c>director status</c>: what a running director is doing, for eyes or as JSON.</summary>
internal static class StatusCommand
{
    private const int PipedWidth = 200;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the whole state as JSON" };
        var runDirectory = SharedOptions.RunDirectory();
        var command = new Command("status", "Show what a running director is doing") { json, runDirectory };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(runDirectory)!, parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string runDirectory, bool json, CancellationToken cancellation)
    {
        using var socket = new AdminSocket(runDirectory);
        try
        {
            var status = await socket.StatusAsync(cancellation);
            if (json) Console.Out.WriteLine(JsonSerializer.Serialize(status, StatusJson.Default.StatusDocument));
            else StatusView.Print(status, Terminal());
            return ExitCodes.Success;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync(
                $"director: no director answers at {AdminSocket.PathIn(runDirectory)}: " +
                "is one running with this --run-dir, and may this user read it?");
            return ExitCodes.Refused;
        }
    }

    /// <summary>A pipe has no width of its own: what greps it wants whole lines.</summary>
    private static IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Console;
        if (Console.IsOutputRedirected) console.Profile.Width = PipedWidth;
        return console;
    }
}
