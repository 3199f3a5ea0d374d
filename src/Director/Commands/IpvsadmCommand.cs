using System.CommandLine;
using Director.Admin;
using Director.Ipvsadm;

namespace Director.Commands;

/// <summary><c>director ipvsadm</c>: ipvsadm's command lines that read, and its output.</summary>
internal static class IpvsadmCommand
{
    // What ipvsadm ends with.
    private const int ExitUsage = 2;
    private const int ExitNoSuchService = 1;
    private const int ExitNothingZeroed = 255;

    public static Command Create()
    {
        var runDirectory = SharedOptions.RunDirectory();
        var arguments = new Argument<string[]>("OPTIONS")
        {
            Description =
                "-L [-n] [-t|-u ADDRESS:PORT | -c | --timeout | --daemon] [--stats | --rate | --thresholds | --persistent-conn] " +
                "[--nosort] [--exact], or -S [-n], or -Z [-t|-u ADDRESS:PORT]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        const string about = "Answer as ipvsadm(8) would: the command lines of it that read, and -Z";
        var command = new Command("ipvsadm", about) { runDirectory, arguments };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetValue(runDirectory)!, parsed.GetValue(arguments) ?? [], cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string runDirectory, string[] arguments, CancellationToken cancellation)
    {
        if (!IpvsadmArguments.TryRead(arguments, out var request, out var problem))
        {
            await Console.Error.WriteLineAsync($"director: ipvsadm: {problem}");
            return ExitUsage;
        }

        return await AdminQuestion.AskAsync(runDirectory, socket => AnswerAsync(socket, request, cancellation), cancellation);
    }

    private static async Task<int> AnswerAsync(AdminSocket socket, IpvsadmRequest request, CancellationToken cancellation)
    {
        switch (request.Action)
        {
            case IpvsadmAction.Zero:
                return await socket.ZeroAsync(request.Service, cancellation) ? 0 : NoSuchService(ExitNothingZeroed);
            case IpvsadmAction.Timeouts:
                Console.Out.Write(IpvsadmText.Timeouts((await socket.StatsAsync(cancellation)).Timeouts));
                return 0;
            case IpvsadmAction.Connections:
                var title = request.Columns == IpvsadmColumns.PersistentConnections
                    ? ConnectionText.TitleWithEngine
                    : ConnectionText.Title;
                await ConnectionsCommand.PrintAsync(socket, new(), ConnectionText.Banner + title, ConnectionText.Row, cancellation);
                return 0;
            case IpvsadmAction.Daemons:
                return 0;
            case IpvsadmAction.Rules:
                Console.Out.Write(IpvsadmText.Rules(await socket.ServicesAsync(cancellation), request));
                return 0;
            default:
                var services = await socket.ServicesAsync(cancellation);
                if (request.Service is { } key && services.All(service => service.Key != key.ToString()))
                    return NoSuchService(ExitNoSuchService);
                Console.Out.Write(IpvsadmText.List(services, request));
                return 0;
        }
    }

    private static int NoSuchService(int exit)
    {
        Console.Error.WriteLine("No such service");
        return exit;
    }
}
