using Director.Config;
using Director.Net;

namespace Director.Tests.Config;

/// <summary>The blocks of checks that connect: what is read, what is inherited, what is wrong.</summary>
public sealed class CheckBlockTests
{
    [Fact]
    public void HTTP_GET_with_everything()
    {
        var check = Assert.IsType<HttpCheckConfig>(One("""
            HTTP_GET {
                url {
                    path /a?b=1
                    digest 9B3A0C85A887A256D6939DA88AABD8CD
                    status_code 200 300-302
                    status_code 404
                    virtualhost one.example
                    regex "a\\.b +c"
                    regex_options caseless multiline
                    regex_no_match
                    regex_min_offset 5
                    regex_max_offset 10
                }
                url {
                    path /
                }
                virtualhost two.example
                http_protocol 1.0c
                fast_recovery
                connect_port 8080
                connect_timeout 2.5
                nb_get_retry 4
                delay_before_retry 1
                bindto 10.0.0.9
                bind_port 4000
                bind_if eth1
                fwmark 7
            }
            """));

        Assert.Equal("HTTP_GET", check.Keyword);
        Assert.Equal((HttpVersionConfig.Http10Close, true, false), (check.Version, check.RecoversFast, check.IsTls));
        Assert.Equal(new ConnectionConfig(new(IpAddress128.Parse("10.0.0.2"), 8080), TimeSpan.FromSeconds(2.5))
        {
            BindTo = IpAddress128.Parse("10.0.0.9"),
            BindPort = 4000,
            BindInterface = "eth1",
            FirewallMark = 7,
        }, check.Connection);
        Assert.Equal((4, TimeSpan.FromSeconds(1)), (check.Timing.Retries, check.Timing.DelayBeforeRetry));
        var url = check.Urls[0];
        Assert.Equal(("/a?b=1", "9b3a0c85a887a256d6939da88aabd8cd", "one.example"), (url.Path, url.Digest, url.VirtualHost));
        Assert.Equal([new(200, 200), new(300, 302), new(404, 404)], url.StatusCodes);
        var pattern = url.Pattern!;
        Assert.Equal((@"a\.b +c", true, 5, 10), (pattern.Written, pattern.IsUnwanted, pattern.MinOffset, pattern.MaxOffset!.Value));
        var plain = check.Urls[1];
        Assert.Equal(("/", "two.example", null, null), (plain.Path, plain.VirtualHost, plain.Digest, plain.Pattern));
        Assert.Equal([new(200, 299)], plain.StatusCodes);
    }

    [Theory]
    // The url's name, then the check's, the real server's, the virtual server's; the real server's is never told in the handshake.
    [InlineData("", "", "", "", "enable_sni", null, null)]
    [InlineData("v", "", "", "", "enable_sni", "v", "v")]
    [InlineData("v", "r", "", "", "enable_sni", "r", "v")]
    [InlineData("v", "r", "c", "", "enable_sni", "c", "c")]
    [InlineData("v", "r", "c", "u", "enable_sni", "u", "u")]
    [InlineData("v", "r", "c", "u", "enable_sni off", "u", null)]
    [InlineData("v", "r", "c", "u", "", "u", null)]
    [InlineData("v", "r", "c", "u", "sni_name s", "u", "s")]
    [InlineData("v", "", "", "", "sni_name", "v", "v")]
    public void Whose_virtualhost_counts(string service, string server, string check, string url, string sni, string? host, string? told)
    {
        static string Line(string name) => name.Length == 0 ? "" : $"virtualhost {name}\n";
        var config = Reading.Clean($$"""
            virtual_server 10.0.0.1 443 {
                lb_algo rr
                lb_kind DR
                protocol TCP
                {{Line(service)}}
                real_server 10.0.0.2 443 {
                    {{Line(server)}}
                    SSL_GET {
                        {{Line(check)}}
                        {{sni}}
                        url {
                            path /
                            {{Line(url)}}
                        }
                    }
                }
            }
            """);
        var got = Assert.IsType<HttpCheckConfig>(Assert.Single(config.VirtualServers[0].RealServers[0].Checks));
        Assert.Equal((true, host, told), (got.IsTls, got.Urls[0].VirtualHost, got.Urls[0].ServerName));
    }

    [Fact]
    public void Every_kind_has_its_defaults()
    {
        var checks = Checks("""
            HTTP_GET {
                url {
                    path /
                }
            }
            SSL_GET {
                tls_compliant
                verify_certificate
                url {
                    path /
                }
            }
            SMTP_CHECK {
            }
            DNS_CHECK {
            }
            UDP_CHECK {
            }
            PING_CHECK {
            }
            """);

        Assert.Equal(["HTTP_GET", "SSL_GET", "SMTP_CHECK", "DNS_CHECK", "UDP_CHECK", "PING_CHECK"], checks.Select(check => check.Keyword));
        Assert.Equal([1, 1, 1, 3, 1, 1], checks.Select(check => check.Timing.Retries));
        Assert.Equal([3, 3, 1, 60, 1, 1], checks.Select(check => check.Timing.DelayBeforeRetry.TotalSeconds));
        Assert.All(checks, check => Assert.Equal(TimeSpan.FromSeconds(60), check.Timing.DelayLoop));
        var tls = (HttpCheckConfig)checks[1];
        Assert.Equal((true, true), (tls.Urls[0].ClosesTls, tls.VerifiesCertificate));
        Assert.Equal("smtpchecker.keepalived.org", ((SmtpCheckConfig)checks[2]).HeloName);
        Assert.Equal(("SOA", "."), (((DnsCheckConfig)checks[3]).Type, ((DnsCheckConfig)checks[3]).Name));
        var udp = (UdpCheckConfig)checks[4];
        Assert.Equal((null, null, 0, 255), (udp.Payload, udp.Reply, udp.MinReplyLength, udp.MaxReplyLength));
        Assert.Equal(new(IpAddress128.Parse("10.0.0.2"), 0), ((PingCheckConfig)checks[5]).Connection.Target);
    }

    [Fact]
    public void SMTP_hosts_are_checks_of_their_own()
    {
        var checks = Checks("""
            SMTP_CHECK {
                connect_timeout 4
                retry 2
                host {
                    connect_ip 10.0.0.7
                    connect_port 2525
                }
                host {
                    connect_ip 10.0.0.8
                    connect_timeout 9
                }
                helo_name me.example
            }
            SMTP_CHECK {
                host {
                    connect_port 2626
                }
            }
            """).Cast<SmtpCheckConfig>().ToList();

        Assert.Equal(["[10.0.0.2]:80 4", "[10.0.0.7]:2525 5", "[10.0.0.8]:80 9", "[10.0.0.2]:2626 5"],
            checks.Select(check => $"{check.Connection.Target} {check.Connection.Timeout.TotalSeconds}"));
        Assert.Equal([2, 2, 2, 1], checks.Select(check => check.Timing.Retries));
        Assert.Equal("me.example", checks[1].HeloName);
    }

    [Theory]
    [InlineData("payload 01 02", "0102", null)]
    [InlineData("payload 0102 3 FF", "010203ff", null)]
    [InlineData("payload \"0a 0b\"", "0a0b", null)]
    [InlineData("require_reply", null, "")]
    [InlineData("require_reply 0x x1 xx x", null, "0xx1xx0x")]
    public void UDP_bytes(string line, string? payload, string? reply)
    {
        var check = Assert.IsType<UdpCheckConfig>(
            One($"UDP_CHECK {{\n{line}\nmax_reply_length 1000\n" + (reply is null ? "require_reply\n" : "") + "}"));
        Assert.Equal((payload, reply ?? "", 1000), (check.Payload, check.Reply, check.MaxReplyLength));
    }

    [Fact]
    public void The_SSL_block()
    {
        var config = Reading.Clean("SSL {\npassword secret\nca /etc/ca.pem\ncertificate /etc/c.pem\nkey /etc/k.pem\n}\n");
        Assert.Equal(new("/etc/c.pem", "/etc/k.pem", "secret", "/etc/ca.pem"), config.Tls);
    }

    [Theory]
    [InlineData("HTTP_GET {\n}", "6:1 error missing-keyword: HTTP_GET has no url that it could fetch; it is ignored")]
    [InlineData("HTTP_GET {\nurl {\npath /\ndigest 12\n}\n}",
        "9:8 error invalid-value: '12' is not an MD5 digest of 32 hexadecimal digits, for it has 2"
        + " (director genhash prints that of a url)")]
    [InlineData("HTTP_GET {\nurl {\npath /\nstatus_code 200 99 300\n}\n}",
        "9:17 error invalid-value: '99' is outside the range 100 to 599")]
    [InlineData("HTTP_GET {\nurl {\npath /\nstatus_code 300-200\n}\n}", "9:13 error invalid-value: '300-200' ends before it begins")]
    [InlineData("HTTP_GET {\nurl {\npath /\nregex \"a(?R)\"\n}\nurl {\npath /\n}\n}",
        "9:7 error not-supported: recursion is not supported (from '(?R)' on): the url is ignored")]
    [InlineData("HTTP_GET {\nurl {\npath /\nregex a b\n}\nurl {\npath /\n}\n}",
        "9:7 error invalid-value: a pattern with blanks must be quoted")]
    [InlineData("HTTP_GET {\nurl {\npath /\nregex a\nregex_options caseles\n}\n}",
        "10:15 error invalid-value: 'caseles' is not *(did you mean 'caseless'?)")]
    [InlineData("HTTP_GET {\nurl {\npath /\nregex_no_match\n}\n}", "9:1 warning conflict: 'regex_no_match' has no effect without regex")]
    [InlineData("HTTP_GET {\nurl {\npath /\nregex a\nregex_min_offset 5\nregex_max_offset 4\n}\n}",
        "9:7 warning conflict: regex_min_offset 5 is above regex_max_offset 4: neither is used")]
    [InlineData("HTTP_GET {\nenable_sni\nurl {\npath /\n}\n}",
        "7:1 warning conflict: 'enable_sni' has no effect without TLS (use SSL_GET)")]
    [InlineData("HTTP_GET {\nhttp_protocol 2\nurl {\npath /\n}\n}", "7:15 error invalid-value: '2' is not 1.0, 1.0C, 1.0c or 1.1")]
    [InlineData("DNS_CHECK {\ntype PTR\n}", "7:6 error invalid-value: 'PTR' is not A, NS, CNAME, SOA, MX, TXT, AAAA, RRSIG or DNSKEY*")]
    [InlineData("DNS_CHECK {\nname a..b\n}", "7:6 error invalid-value: 'a..b' has an empty label")]
    [InlineData("UDP_CHECK {\npayload 0g\n}", "7:9 error invalid-value: '0g' is not in hexadecimal; the line is ignored")]
    [InlineData("UDP_CHECK {\npayload xx\n}", "7:9 error invalid-value: 'xx' is not in hexadecimal; the line is ignored")]
    [InlineData("UDP_CHECK {\nrequire_reply\nmin_reply_length 9\nmax_reply_length 8\n}",
        "9:18 error conflict: min_reply_length 9 is above max_reply_length 8: no reply can be good")]
    [InlineData("UDP_CHECK {\nmin_reply_length 9\n}", "7:18 warning conflict: the length of a reply means nothing without require_reply")]
    [InlineData("PING_CHECK {\nconnect_port 80\n}", "7:1 hint not-used: 'connect_port' is not used here: an echo request has no port")]
    [InlineData("TCP_CHECK {\nconnect_ip fe80::1\n}",
        "6:1 error missing-keyword: TCP_CHECK of the link-local address fe80::1 needs bind_if; it is ignored")]
    public void What_is_wrong_is_said_where_it_is(string block, string listing)
    {
        var said = Reading.Listing(Text(block));
        if (listing.IndexOf('*', StringComparison.Ordinal) is var star and >= 0)
        {
            Assert.StartsWith(listing[..star], said, StringComparison.Ordinal);
            Assert.EndsWith(listing[(star + 1)..], said, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(listing, said);
        }
    }

    [Fact]
    public void A_link_local_server_is_checked_by_its_interface()
    {
        var check = Assert.IsType<TcpCheckConfig>(One("TCP_CHECK {\nconnect_ip fe80::1\nbind_if eth0\n}"));
        Assert.Equal("eth0", check.Connection.BindInterface);
    }

    private static CheckConfig One(string block) => Assert.Single(Checks(block));

    private static IReadOnlyList<CheckConfig> Checks(string blocks) =>
        Reading.Clean(Text(blocks)).VirtualServers[0].RealServers[0].Checks;

    private static string Text(string blocks) => $$"""
        virtual_server 10.0.0.1 80 {
        lb_algo rr
        lb_kind DR
        protocol TCP
        real_server 10.0.0.2 80 {
        {{blocks}}
        }
        }
        """;
}
