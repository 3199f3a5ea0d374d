using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Director.Checks.Probes;
using Director.Net;
using Director.Tests.Lab;

namespace Director.Tests.Checks.Probes;

/// <summary>Each probe against a real server of its kind.</summary>
public sealed class RealServerTests
{
    private const string Page = "<html><title>Hello</title>world</html>\n";

    private static readonly string Digest = Md5(Encoding.ASCII.GetBytes(Page));

    private static string Md5(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [ServerProgramFact]
    public async Task HTTP_GET_and_SSL_GET_against_nginx()
    {
        using var lab = new ServerLab();
        Directory.CreateDirectory(lab["www"]);
        lab.Write("www/index.html", Page);
        // 256 KiB, which make several reads, and chunks when they are packed as they go out.
        lab.Write("www/large.txt", string.Concat(Enumerable.Range(0, 16384).Select(line => $"line {line:0000000}...\n")) + "the end\n");
        lab.WriteCertificate("ca");
        lab.WriteCertificate("server", "ca", "www.example");
        lab.WriteCertificate("client", "ca");
        lab.Write("nginx.conf", $$"""
            pid {{lab["nginx.pid"]}};
            error_log {{lab["error.log"]}};
            worker_processes 1;
            daemon off;
            events { worker_connections 64; }
            http {
                access_log off;
                root {{lab["www"]}};
                client_body_temp_path {{lab["t1"]}}; proxy_temp_path {{lab["t2"]}}; fastcgi_temp_path {{lab["t3"]}};
                uwsgi_temp_path {{lab["t4"]}}; scgi_temp_path {{lab["t5"]}};
                server {
                    listen 80 default_server; listen [::]:80;
                    location /missing { return 404 "no"; }
                    location /moved { return 302 /; }
                    location /host { return 200 "$http_host $http_user_agent $server_protocol $remote_addr $remote_port"; }
                    # Rewritten as it goes out, so that its length is not known: chunks by 1.1, the end of the connection by 1.0.
                    location /chunked { alias {{lab["www"]}}/large.txt; types { } default_type text/html; ssi on; }
                }
                server { listen 80; server_name www.example; location / { return 200 "named"; } }
                server {
                    listen 443 ssl default_server; listen [::]:443 ssl;
                    ssl_certificate {{lab["server.crt"]}}; ssl_certificate_key {{lab["server.key"]}};
                    ssl_client_certificate {{lab["ca.crt"]}}; ssl_verify_client optional;
                    location /who { return 200 "$ssl_server_name|$ssl_client_verify|$ssl_client_s_dn"; }
                }
            }
            """);
        lab.Start("nginx", "-c", lab["nginx.conf"], "-p", lab[""]);
        lab.Await(Http(80, new("/")));

        Assert.Equal(ProbeResult.Success, await lab.Try(Http(80, new("/") { Digest = Digest })));
        Assert.Equal(ProbeResult.Failure($"/: digest {Digest}"), await lab.Try(Http(80, new("/") { Digest = new('0', 32) })));
        Assert.Equal(ProbeResult.Failure("/missing: status 404"), await lab.Try(Http(80, new("/missing"))));
        Assert.Equal(ProbeResult.Failure("/moved: status 302"), await lab.Try(Http(80, new("/moved"))));
        Assert.Equal(ProbeResult.Success, await lab.Try(Http(80, new("/missing") { StatusCodes = new(new NumberRange(404, 404)) })));
        Assert.Equal(ProbeResult.Success, await lab.Try(Http(80, Finds("/", "<title>Hello</title>"))));
        Assert.Equal(ProbeResult.Failure("/: regex not found"), await lab.Try(Http(80, Finds("/", "Goodbye"))));

        // Whom it asks for, how and from where.
        Assert.Equal(ProbeResult.Success, await lab.Try(Http(80, Finds("/", "named") with { Host = "www.example" })));
        foreach (var (address, host) in new[]
        {
            (ServerLab.V4, @"^10\.77\.0\.2:80 KeepAliveClient HTTP/1\.0 10\.77\.0\.1 4567$"),
            (ServerLab.V6, @"^\[fd77::2\]:80 KeepAliveClient HTTP/1\.0 fd77::1 4567$"),
            (ServerLab.LinkLocal, @"^\[fe80::77:2\]:80 KeepAliveClient HTTP/1\.0 fe80::77:1 4567$"),
        })
        {
            var probe = new HttpProbe(new(ServerLab.To(address, 80) with { BindPort = 4567 }, [Finds("/host", host)]), TimeProvider.System);
            Assert.Equal(ProbeResult.Success, await lab.Try(probe));
        }

        // The same digest whatever the framing, and the same as keepalived's of HTTP/1.0.
        var large = Md5(File.ReadAllBytes(lab["www/large.txt"]));
        foreach (var path in new[] { "/large.txt", "/chunked" })
        {
            string[] question = ["genhash", "-s", ServerLab.V4, "-p", "80", "-u", path];
            Assert.Equal(large, lab.Prober.Run(question).Trim());
            Assert.Equal(large, lab.Prober.Run([.. DirectorProgram.Command, .. question]).Trim());
            foreach (var protocol in Enum.GetValues<HttpProtocol>())
            {
                var url = Finds(path, "the end\n$") with { Digest = large };
                Assert.Equal(ProbeResult.Success, await lab.Try(Http(80, url, protocol)));
            }
        }

        string[] secure = ["genhash", "-S", "-I", "-V", "www.example", "-s", ServerLab.V4, "-p", "443", "-u", "/", "-P", "1.1", "-t", "9"];
        Assert.Equal(Digest, lab.Prober.Run([.. DirectorProgram.Command, .. secure]).Trim());

        // TLS: any certificate, a name only if told, a client's certificate, and the server's looked at only if asked for.
        var plain = new TlsClientSettings();
        foreach (var address in new[] { ServerLab.V4, ServerLab.V6 })
            Assert.Equal(ProbeResult.Success, await lab.Try(Tls(address, new("/") { Digest = Digest, ClosesTls = true }, plain)));
        Assert.Equal(ProbeResult.Success, await lab.Try(Tls(ServerLab.V4, Finds("/who", @"^\|NONE\|$"), plain)));
        Assert.Equal(ProbeResult.Success,
            await lab.Try(Tls(ServerLab.V4, Finds("/who", @"^other\.example\|NONE\|$") with { ServerName = "other.example" }, plain)));
        var known = new TlsClientSettings(lab["client.crt"], lab["client.key"]);
        Assert.Equal(ProbeResult.Success, await lab.Try(Tls(ServerLab.V4, Finds("/who", @"^\|SUCCESS\|CN=client$"), known)));
        var lost = new TlsClientSettings(lab["lost.crt"], lab["lost.key"]);
        Assert.Equal(ProbeOutcome.LocalProblem, (await lab.Try(Tls(ServerLab.V4, new("/"), lost))).Outcome);
        var careful = new TlsClientSettings(AuthoritiesFile: lab["ca.crt"], VerifiesServer: true);
        Assert.Equal(ProbeResult.Success, await lab.Try(Tls(ServerLab.V4, new("/") { Host = "www.example:443" }, careful)));
        Assert.Equal(ProbeOutcome.Failure, (await lab.Try(Tls(ServerLab.V4, new("/") { Host = "other.example" }, careful))).Outcome);
        Assert.Equal(ProbeOutcome.Failure, (await lab.Try(Tls(ServerLab.V4, new("/"), careful))).Outcome);
        var strange = new TlsClientSettings(AuthoritiesFile: lab["client.crt"], VerifiesServer: true);
        Assert.Equal(ProbeOutcome.Failure, (await lab.Try(Tls(ServerLab.V4, new("/") { Host = "www.example" }, strange))).Outcome);
        Assert.Equal(ProbeOutcome.Failure, (await lab.Try(Tls(ServerLab.V4, new("/"), plain, 80))).Outcome);

        static HttpProbe Http(int port, HttpUrl url, HttpProtocol protocol = HttpProtocol.Version10) =>
            new(new(ServerLab.To(ServerLab.V4, port), [url]) { Protocol = protocol }, TimeProvider.System);
        static HttpProbe Tls(string address, HttpUrl url, TlsClientSettings tls, int port = 443) =>
            new(new(ServerLab.To(address, port), [url]) { Tls = tls }, TimeProvider.System);
        static HttpUrl Finds(string path, string pattern) => new(path) { Pattern = new(pattern, RegexOptions.None) };
    }

    [ServerProgramFact]
    public async Task SMTP_CHECK_against_OpenSMTPD()
    {
        using var lab = new ServerLab();
        lab.Write("smtpd.conf", """
            listen on 0.0.0.0 port 25 hostname mail.example
            listen on :: port 25 hostname mail.example
            action "local" maildir
            match from any for local action "local"
            """);
        lab.Start("smtpd", "-d", "-f", lab["smtpd.conf"]);
        lab.Await(Smtp(ServerLab.V4));
        Assert.Equal(ProbeResult.Success, await lab.Try(Smtp(ServerLab.V6)));
        Assert.Equal(ProbeResult.Success, await lab.Try(Smtp(ServerLab.LinkLocal)));
        Assert.Equal(ProbeResult.Failure("Connection refused"), await lab.Try(Smtp(ServerLab.V4, 26)));
        // It takes no name with a blank in it.
        Assert.Equal(ProbeOutcome.Failure, (await lab.Try(Smtp(ServerLab.V4, name: "not a name"))).Outcome);

        static SmtpProbe Smtp(string address, int port = 25, string name = "me.example") =>
            new(new(ServerLab.To(address, port), name), TimeProvider.System);
    }

    [ServerProgramFact]
    public async Task DNS_CHECK_against_dnsmasq()
    {
        using var lab = new ServerLab();
        lab.Start("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--user=root",
            "--log-facility=-", "--pid-file=", "--port=53", "--auth-server=ns.example,e0", "--auth-zone=example,10.77.0.0/24",
            "--host-record=www.example,10.77.0.2,fd77::2", "--cname=alias.example,www.example", "--mx-host=example,www.example,10",
            "--txt-record=example,hello", "--dns-rr=example,48,0101030805", "--dns-rr=example,46,0006");
        lab.Await(Dns(ServerLab.V4, DnsRecordType.A, "www.example"));

        foreach (var type in Enum.GetValues<DnsRecordType>())
        {
            var name = type switch
            {
                DnsRecordType.A or DnsRecordType.AAAA => "www.example",
                DnsRecordType.CNAME => "alias.example.",
                _ => "example",
            };
            Assert.Equal(ProbeResult.Success, await lab.Try(Dns(ServerLab.V4, type, name)));
        }

        Assert.Equal(ProbeResult.Success, await lab.Try(Dns(ServerLab.V6, DnsRecordType.A, "www.example")));
        Assert.Equal(ProbeResult.Success, await lab.Try(Dns(ServerLab.LinkLocal, DnsRecordType.A, "www.example")));
        Assert.Equal(ProbeResult.Failure("answered NXDOMAIN"), await lab.Try(Dns(ServerLab.V4, DnsRecordType.A, "missing.example")));
        Assert.Equal(ProbeResult.Failure("answered REFUSED"), await lab.Try(Dns(ServerLab.V4, DnsRecordType.A, "elsewhere.test")));
        Assert.Equal(ProbeResult.Failure("Connection refused"), await lab.Try(Dns(ServerLab.V4, DnsRecordType.A, "www.example", 54)));

        // The same server for UDP_CHECK: a question in hexadecimal, and how its answer begins.
        const string Question = "abcd01000001000000000000" + "03777777076578616d706c6500" + "00010001";
        Assert.Equal(ProbeResult.Success, await lab.Try(Udp(53, Question, "abcdxx")));
        Assert.Equal(ProbeResult.Failure("another reply than is required"), await lab.Try(Udp(53, Question, "abce")));
        Assert.Equal(ProbeResult.Failure("Connection refused"), await lab.Try(Udp(54, Question, null)));

        static DnsProbe Dns(string address, DnsRecordType type, string name, int port = 53) =>
            new(new(ServerLab.To(address, port), type, name), TimeProvider.System);
        static UdpProbe Udp(int port, string payload, string? reply) =>
            new(new(ServerLab.To(ServerLab.V4, port)) { Payload = payload, Reply = reply is null ? null : new(reply) },
                TimeProvider.System);
    }

    [ServerProgramFact]
    public async Task PING_CHECK_by_a_socket_without_privilege_and_by_a_raw_one()
    {
        using var lab = new ServerLab();
        foreach (var range in new[] { "1 0", "0 2147483647" })
        {
            lab.Prober.Sysctl("net.ipv4.ping_group_range", range);
            foreach (var address in new[] { ServerLab.V4, ServerLab.V6, ServerLab.LinkLocal })
            {
                var probe = Ping(address);
                for (var i = 0; i < 3; i++) Assert.Equal(ProbeResult.Success, await lab.Try(probe));
            }

            // Nobody has this address, which the kernel finds out before the time is up, or else after it.
            Assert.Equal(ProbeOutcome.Failure, (await lab.Try(Ping("10.77.0.99"))).Outcome);
        }

        Assert.Equal(ProbeOutcome.LocalProblem, (await lab.Try(Ping(ServerLab.V4, "10.9.9.9"))).Outcome);

        static PingProbe Ping(string address, string? from = null) => new(new(ServerLab.To(address, 0) with
        {
            BindTo = from is null ? null : IpAddress128.Parse(from),
        }), TimeProvider.System);
    }

    [ServerProgramFact]
    public async Task A_probe_s_packets_bear_its_mark_and_leave_by_its_device()
    {
        using var lab = new ServerLab();
        lab.Start("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--user=root", "--pid-file=",
            "--port=53", "--address=/example/10.0.0.1");
        // Only what bears mark 7 has a route to this address.
        lab.Servers.Ip("address", "add", "10.78.0.2/32", "dev", "e0");
        lab.Prober.Ip("rule", "add", "fwmark", "7", "table", "77");
        lab.Prober.Ip("route", "add", "10.78.0.2/32", "via", ServerLab.V4, "dev", "e0", "table", "77");
        lab.Await(Tcp(ServerLab.To("10.78.0.2", 53) with { FirewallMark = 7 }));
        Assert.Equal(ProbeOutcome.Failure, (await lab.Try(Tcp(ServerLab.To("10.78.0.2", 53)))).Outcome);
        Assert.Equal(ProbeOutcome.Failure, (await lab.Try(Tcp(ServerLab.To(ServerLab.V4, 53) with { BindInterface = "lo" }))).Outcome);
        Assert.Equal(ProbeOutcome.LocalProblem,
            (await lab.Try(Tcp(ServerLab.To(ServerLab.V4, 53) with { BindInterface = "e9" }))).Outcome);

        static TcpProbe Tcp(ConnectionSettings connection) => new(new(connection), TimeProvider.System);
    }
}
