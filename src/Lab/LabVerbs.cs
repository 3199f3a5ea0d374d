using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Director.Lab.Client;
using Director.Lab.Web;

namespace Director.Lab;

/// <summary>
/// The hidden verbs by which the lab starts its own children from the director's binary: <c>lab-web</c>, <c>lab-ask</c>,
/// <c>lab-load</c>. They are not for people, so they are kept out of the command line's help; their arguments come from the lab alone.
/// </summary>
public static class LabVerbs
{
    private const int UsageError = 2;

    /// <summary>
    /// Runs the verb that <paramref name="arguments"/> begins with, until it is done or the process gets SIGTERM or SIGINT; returns its
    /// exit code, or null if that is no verb of the lab's.
    /// </summary>
    public static async Task<int?> RunAsync(IReadOnlyList<string> arguments)
    {
        if (arguments is not [("lab-web" or "lab-ask" or "lab-load") and var verb, ..]) return null;
        using var stop = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        try
        {
            return await RunAsync(verb, Options(arguments), stop.Token);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException or System.Net.Sockets.SocketException)
        {
            await Console.Error.WriteLineAsync($"{verb}: {error.Message}");
            return UsageError;
        }

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> RunAsync(string verb, Dictionary<string, string> options, CancellationToken stop)
    {
        if (verb == "lab-web")
        {
            var listener = LabWeb.Listen(IPEndPoint.Parse(options["--listen"]));
            var echo = options.TryGetValue("--echo", out var port) ? LabEcho.Bind(IPEndPoint.Parse(port)) : null;
            Console.Out.WriteLine($"{LabWeb.Listening} {listener.LocalEndPoint}");
            var echoing = echo is null ? Task.CompletedTask : LabEcho.ServeAsync(echo, options["--name"], stop);
            await Task.WhenAll(LabWeb.ServeAsync(listener, options["--name"], stop), echoing);
            return 0;
        }

        var target = IPEndPoint.Parse(options["--target"]);
        var sources = options["--source"].Split(',').Select(IPAddress.Parse).ToList();
        if (verb == "lab-ask") SteadyClient.Run(sources, target, Print, stop);
        else await LoadClient.RunAsync(sources, target, Number(options["--each"]), Number(options["--concurrency"]), Print, stop);
        return 0;
    }

    private static Dictionary<string, string> Options(IReadOnlyList<string> arguments)
    {
        var options = new Dictionary<string, string>();
        for (var i = 1; i + 1 < arguments.Count; i += 2) options[arguments[i]] = arguments[i + 1];
        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    // Console.Out is synchronised: lines of concurrent requests do not mix.
    private static void Print(RequestResult result) => Console.Out.WriteLine(result.ToString());
}
