using System.CommandLine;
using System.Globalization;
using Director.Checks.Probes;
using Director.Net;

namespace Director.Commands;

/// <summary>
/// <c>director genhash</c>: fetches a url and prints the MD5 digest of its body, as <c>digest</c> wants it; the options are those of
/// genhash(1).
/// </summary>
internal static class GenhashCommand
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var server = new Option<string>("--server", "-s") { Description = "IP address of the server", Required = true };
        var port = new Option<ushort>("--port", "-p") { Description = "Its port", Required = true };
        var url = new Option<string>("--url", "-u") { Description = "Path that is fetched", Required = true };
        var ssl = new Option<bool>("--use-ssl", "-S") { Description = "By TLS; any certificate is good" };
        var sni = new Option<bool>("--use-sni", "-I") { Description = "Tell the name of --use-virtualhost in the TLS handshake" };
        var host = new Option<string?>("--use-virtualhost", "-V") { Description = "Host that is asked for; default: address and port" };
        var mark = new Option<uint>("--fwmark", "-m") { Description = "Mark of the packets" };
        var protocol = new Option<string>("--protocol", "-P") { Description = "1.0, 1.0c with 'Connection: close', or 1.1" };
        var timeout = new Option<uint>("--timeout", "-t") { Description = "Seconds for each step; default: 5" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Print the status and the length, too" };
        protocol.DefaultValueFactory = _ => "1.0";
        protocol.AcceptOnlyFromAmong("1.0", "1.0c", "1.0C", "1.1");
        server.Validators.Add(result =>
        {
            if (!IpAddress128.TryParse(result.Tokens[0].Value, out _)) result.AddError($"'{result.Tokens[0].Value}' is not an IP address");
        });
        var command = new Command("genhash", "Print the digest of a url, as HTTP_GET and SSL_GET check it")
        {
            server, port, url, ssl, sni, host, mark, protocol, timeout, verbose,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var seconds = parsed.GetValue(timeout);
            var target = new Endpoint(IpAddress128.Parse(parsed.GetValue(server)!), parsed.GetValue(port));
            var connection = new ConnectionSettings(target, seconds == 0 ? DefaultTimeout : TimeSpan.FromSeconds(seconds))
            {
                FirewallMark = parsed.GetValue(mark),
            };
            var asked = new HttpUrl(parsed.GetValue(url)!)
            {
                Host = parsed.GetValue(host),
                ServerName = parsed.GetValue(sni) ? parsed.GetValue(host) : null,
            };
            return RunAsync(
                new(connection, [asked])
                {
                    Protocol = parsed.GetValue(protocol) switch
                    {
                        "1.1" => HttpProtocol.Version11,
                        "1.0" => HttpProtocol.Version10,
                        _ => HttpProtocol.Version10Close,
                    },
                    Tls = parsed.GetValue(ssl) ? new() : null,
                }, parsed.GetValue(verbose), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(HttpProbeSettings settings, bool isVerbose, CancellationToken cancellation)
    {
        var answer = await new HttpProbe(settings, TimeProvider.System).DigestAsync(cancellation);
        if (answer.Digest is null)
        {
            await Console.Error.WriteLineAsync($"director: genhash: {answer.Problem}");
            return ExitCodes.Refused;
        }

        if (isVerbose) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"status {answer.Status}, {answer.Length} bytes"));
        Console.Out.WriteLine(answer.Digest);
        return ExitCodes.Success;
    }
}
