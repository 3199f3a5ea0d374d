using System.CommandLine;
using System.Text;
using Director.Admin;
using Director.Ipvsadm;
using Spectre.Console;

namespace Director.Commands;

/// <summary>
/// <c>director connections</c>: connections and persistence templates, printed as they come, so that a million of them need no memory here
/// either.
/// </summary>
internal static class ConnectionsCommand
{
    private const int ExitUsage = 2;

    /// <summary>Lines of a terminal that are not connections: the columns' names and where the cursor stands.</summary>
    private const int OtherLines = 3;

    private const int BufferChars = 1 << 16;

    public static Command Create()
    {
        var service = new Option<string?>("--service") { Description = "Of this service only", HelpName = "tcp:ADDRESS:PORT" };
        var server = new Option<string?>("--server") { Description = "Of this real server only", HelpName = "ADDRESS:PORT" };
        var client = new Option<string?>("--client") { Description = "Of this client or network only", HelpName = "ADDRESS[/LENGTH]" };
        var limit = new Option<string?>("--limit") { Description = "So many at most", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print JSON" };
        var watch = new Option<bool>("--watch") { Description = "Print again every two seconds, until Ctrl-C; in a terminal what fits it" };
        var runDirectory = SharedOptions.RunDirectory();
        const string about = "Show the connections and persistence templates that the packet path remembers";
        var command = new Command("connections", about) { service, server, client, limit, json, watch, runDirectory };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!ConnectionFilter.TryParse(
                parsed.GetValue(service), parsed.GetValue(server), parsed.GetValue(client), parsed.GetValue(limit),
                out var filter, out var problem))
            {
                await Console.Error.WriteLineAsync($"director: {problem}");
                return ExitUsage;
            }

            return await AdminQuestion.AskAsync(
                parsed.GetValue(runDirectory)!,
                async socket =>
                {
                    Func<Task> print = parsed.GetValue(json)
                        ? () => CopyJsonAsync(socket, filter, cancellation)
                        : () => PrintAsync(socket, filter, ConnectionText.Title, Row, cancellation);
                    if (!parsed.GetValue(watch)) await print();
                    else if (parsed.GetValue(json) || Console.IsOutputRedirected) await Watch.RepeatAsync(print, cancellation);
                    else await LiveAsync(socket, filter, cancellation);
                    return 0;
                },
                cancellation);
        });
        return command;
    }

    /// <summary>Prints a list under <paramref name="title"/>, a row each.</summary>
    public static async Task PrintAsync(
        AdminSocket socket, ConnectionFilter filter, string title, Func<ConnectionStatus, string> row, CancellationToken cancellation)
    {
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), BufferChars);
        await output.WriteAsync(title);
        await foreach (var connection in socket.ConnectionsAsync(filter, cancellation))
            await output.WriteAsync(row(connection));
    }

    /// <summary>ipvsadm's, and behind it what ipvsadm does not know.</summary>
    private static string Row(ConnectionStatus connection)
    {
        var row = ConnectionText.Row(connection);
        return connection.Offloaded ? $"{row[..^1],-80} offloaded\n" : row;
    }

    private static async Task CopyJsonAsync(AdminSocket socket, ConnectionFilter filter, CancellationToken cancellation)
    {
        await using var json = await socket.ConnectionsJsonAsync(filter, cancellation);
        await using var output = Console.OpenStandardOutput();
        await json.CopyToAsync(output, cancellation);
    }

    private static Task LiveAsync(AdminSocket socket, ConnectionFilter filter, CancellationToken cancellation) => Watch.LiveAsync(
        async () =>
        {
            var rows = new StringBuilder(ConnectionText.Title);
            var fitting = filter with { Limit = Math.Min(filter.Limit, Math.Max(Console.WindowHeight - OtherLines, 1)) };
            await foreach (var connection in socket.ConnectionsAsync(fitting, cancellation)) rows.Append(Row(connection));
            return new Text(rows.ToString());
        },
        cancellation);
}
