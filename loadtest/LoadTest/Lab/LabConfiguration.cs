using System.Globalization;
using System.Text.RegularExpressions;
using Director.Lab.Topology;

namespace Director.LoadTest.Lab;

/// <summary>
/// The directors' configuration: the balance example, but users are not held to servers, a dead server is noticed after a second and given
/// up after another, and there is UDP echo.
/// </summary>
internal static class LabConfiguration
{
    /// <summary>Makes it of the example's text.</summary>
    public static string Of(string example) => Quick(example) + Service("UDP", LabPlan.EchoPort);

    /// <summary>Changes the weight of a server's HTTP port.</summary>
    public static string WithWeight(string text, LabHost server, int weight) => Regex.Replace(text,
        string.Create(CultureInfo.InvariantCulture, $@"(real_server {Regex.Escape(server.Address)} {LabPlan.Port} \{{\s*weight )\d+"),
        string.Create(CultureInfo.InvariantCulture, $"${{1}}{weight}"));

    /// <summary>Adds a service that nobody uses.</summary>
    public static string WithMore(string text) => text + Service("TCP", 8080);

    private static string Quick(string example) => example
        .Replace("persistence_timeout 50", "", StringComparison.Ordinal)
        .Replace("delay_loop 6", "delay_loop 1", StringComparison.Ordinal)
        .Replace("nb_get_retry 3", "nb_get_retry 1", StringComparison.Ordinal)
        .Replace("delay_before_retry 3", "delay_before_retry 1", StringComparison.Ordinal);

    private static string Service(string protocol, int port)
    {
        var servers = LabPlan.Balance.Servers.Select(server => string.Create(CultureInfo.InvariantCulture, $$"""

                real_server {{server.Address}} {{port}} {
                    weight 1
                    TCP_CHECK {
                        connect_port {{LabPlan.Port}}
                        connect_timeout 3
                        nb_get_retry 1
                        delay_before_retry 1
                    }
                }
            """));
        return string.Create(CultureInfo.InvariantCulture, $$"""


            virtual_server {{LabPlan.Vip}} {{port}} {
                delay_loop 1
                lb_algo wlc
                lb_kind DR
                protocol {{protocol}}
            {{string.Concat(servers)}}
            }

            """);
    }
}
