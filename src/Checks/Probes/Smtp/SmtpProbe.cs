using System.IO.Pipelines;
using System.Net.Sockets;

namespace Director.Checks.Probes;

/// <summary>
/// Holds an <see cref="SmtpDialogue"/> with a server. Connecting and each wait for more may take the timeout; all together
/// <see cref="TimeoutsInAll"/> times that.
/// </summary>
/// <param name="settings">What is tried.</param>
/// <param name="time">The clock of the timeouts.</param>
public sealed class SmtpProbe(SmtpProbeSettings settings, TimeProvider time) : IProbe
{
    /// <summary>Connecting and three replies.</summary>
    public const int TimeoutsInAll = 4;

    private static readonly StreamPipeReaderOptions ReaderOptions = new(bufferSize: 1024, minimumReadSize: 512, leaveOpen: true);

    /// <inheritdoc/>
    public async Task<ProbeResult> RunAsync(CancellationToken cancellation)
    {
        using var socket = ProbeSocket.TryOpen(settings.Connection, SocketType.Stream, ProtocolType.Tcp, out var problem);
        if (socket is null) return problem;
        using var deadline = new ProbeDeadline(settings.Connection.Timeout, TimeoutsInAll, time, cancellation);
        try
        {
            await socket.ConnectAsync(ProbeSocket.Target(settings.Connection), deadline.Token).ConfigureAwait(false);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            return await TalkAsync(stream, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsTimeUp)
        {
            return ProbeResult.Failure(deadline.Reason);
        }
        catch (SocketException error)
        {
            return ProbeSocket.ResultOf(error);
        }
        catch (IOException error)
        {
            return ProbeResult.Failure((error.InnerException ?? error).Message);
        }
    }

    private async Task<ProbeResult> TalkAsync(NetworkStream stream, ProbeDeadline deadline)
    {
        var dialogue = new SmtpDialogue(settings.HeloName);
        var reader = PipeReader.Create(stream, ReaderOptions);
        try
        {
            while (dialogue.Result is null)
            {
                deadline.NextStep();
                var read = await reader.ReadAsync(deadline.Token).ConfigureAwait(false);
                byte[] answer = [];
                foreach (var part in read.Buffer)
                    if (dialogue.Append(part.Span) is { Length: > 0 } next) answer = next;
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) dialogue.Close();
                else if (answer.Length > 0) await stream.WriteAsync(answer, deadline.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }

        return dialogue.Result.Value;
    }
}
