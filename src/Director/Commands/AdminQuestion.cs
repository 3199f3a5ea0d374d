using System.Net.Sockets;
using Director.Admin;

namespace Director.Commands;

/// <summary>What all commands have in common that ask a running director.</summary>
internal static class AdminQuestion
{
    /// <summary>Nobody answered.</summary>
    private const int ExitNoAnswer = 1;

    /// <summary>Asks the director of a run directory; if it does not answer, says so on standard error.</summary>
    public static async Task<int> AskAsync(string runDirectory, Func<AdminSocket, Task<int>> ask, CancellationToken cancellation)
    {
        using var socket = new AdminSocket(runDirectory);
        try
        {
            return await ask(socket);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how one stops watching.
            return 0;
        }
        catch (HttpIOException exception)
        {
            await Console.Error.WriteLineAsync($"director: the answer broke off: {exception.Message}");
            return ExitNoAnswer;
        }
        catch (IOException)
        {
            // Whoever read what we print has seen enough.
            return 0;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync(
                $"director: no director answers at {AdminSocket.PathIn(runDirectory)}: " +
                "is one running with this --run-dir, and may this user read it?");
            return ExitNoAnswer;
        }
    }
}
