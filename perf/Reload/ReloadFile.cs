using System.Globalization;
using System.Text;

namespace Director.Perf.Reload;

/// <summary>The configuration that is reloaded: one virtual router, an echo service, and many services that are checked.</summary>
/// <param name="options">How many.</param>
internal sealed class ReloadFile(ReloadOptions options)
{
    /// <summary>Servers of a service.</summary>
    public const int ServersPerService = 4;

    /// <summary>Ports, and services of a VIP.</summary>
    public const int Ports = 10;

    /// <summary>The first port.</summary>
    public const int FirstPort = 8000;

    /// <summary>The VIP that packets go through, its port, and the server behind it.</summary>
    public const string EchoVip = "192.0.2.100", EchoServer = "192.0.2.3";

    /// <summary>The port of that.</summary>
    public const int EchoPort = 7000;

    private const uint FirstVip = 0xc612_0001, FirstServer = 0x0a00_0001;

    /// <summary>The VIPs of the many services.</summary>
    public IEnumerable<string> Vips =>
        Enumerable.Range(0, (options.Services + Ports - 1) / Ports).Select(vip => Text(FirstVip + (uint)vip));

    /// <summary>The file, in which one server of one service has this weight.</summary>
    public string Write(int weight)
    {
        var text = new StringBuilder(options.Services * 800);
        text.Append(CultureInfo.InvariantCulture, $$"""
            vrrp_instance VI_1 {
                interface e0
                virtual_router_id 51
                priority 100
                version 3
                advert_int 0.1
                virtual_ipaddress {
                    {{EchoVip}}
                }
            }
            virtual_server {{EchoVip}} {{EchoPort}} {
                lb_algo rr
                lb_kind DR
                protocol UDP
                real_server {{EchoServer}} {{EchoPort}} {
                }
            }

            """);
        for (var service = 0; service < options.Services; service++) Write(text, service, service == options.Services / 2 ? weight : 1);
        return text.ToString();
    }

    private void Write(StringBuilder text, int service, int weight)
    {
        var port = FirstPort + (service % Ports);
        text.Append(CultureInfo.InvariantCulture, $$"""
            virtual_server {{Text(FirstVip + (uint)(service / Ports))}} {{port}} {
                delay_loop {{options.BetweenChecks.TotalSeconds}}
                warmup 10
                lb_algo wlc
                lb_kind NAT
                protocol TCP

            """);
        for (var server = 0; server < ServersPerService; server++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    real_server {{Text(FirstServer + (uint)((service * ServersPerService) + server))}} {{port}} {
                        weight {{(server == 0 ? weight : 1)}}
                        TCP_CHECK {
                            connect_timeout 5
                            retry 3
                            delay_before_retry 2
                        }
                    }

                """);
        }

        text.Append("}\n");
    }

    private static string Text(uint address) => string.Create(CultureInfo.InvariantCulture,
        $"{address >> 24}.{(address >> 16) & 0xff}.{(address >> 8) & 0xff}.{address & 0xff}");
}
