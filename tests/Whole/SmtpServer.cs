using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Director.Tests.Whole;

/// <summary>A mail server that takes everything (RFC 5321), with TLS from the first byte and AUTH PLAIN if it has a certificate.</summary>
internal sealed class SmtpServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly List<string> _letters = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Listens in the calling thread's network namespace.</summary>
    public SmtpServer(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener = new(IPAddress.Loopback, 0);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What has come: the commands of a conversation, and its data.</summary>
    public IReadOnlyList<string> Letters
    {
        get
        {
            lock (_letters) return [.. _letters];
        }
    }

    /// <summary>How many connections are refused from now on by "not now".</summary>
    public int Refusals { get; set; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        Stream stream = client.GetStream();
        try
        {
            if (_certificate is not null)
            {
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(_certificate);
                stream = secure;
            }

            await TalkAsync(new StreamReader(stream, Encoding.UTF8), new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true });
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The other side did not like us.
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        var letter = new StringBuilder();
        var isRefused = Refusals > 0;
        if (isRefused) Refusals--;
        await writer.WriteLineAsync(isRefused ? "421 not now" : "220 test");
        while (!isRefused && await reader.ReadLineAsync() is { } line)
        {
            letter.AppendLine(line);
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-test");
                    await writer.WriteLineAsync(_certificate is null ? "250 8BITMIME" : "250 AUTH PLAIN");
                    break;
                case "AUTH":
                    await writer.WriteLineAsync("235 welcome");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    while (await reader.ReadLineAsync() is { } data && data != ".") letter.AppendLine(data);
                    await writer.WriteLineAsync("250 taken");
                    lock (_letters) _letters.Add(letter.ToString());
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 yes");
                    break;
            }
        }
    }
}
