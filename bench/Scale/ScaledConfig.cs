using System.Globalization;
using System.Text;
using Director.Config;
using Director.Net;

namespace Director.Bench;

/// <summary>
/// A keepalived.conf with any number of services: TCP, ten to a VIP, each with real servers of its own that are checked, and every tenth
/// with a sorry server.
/// </summary>
internal sealed class ScaledConfig(int services, int serversPerService) : IConfigFiles
{
    private const int ServicesPerVip = 10;
    private const uint FirstVip = 0xc612_0001, FirstServer = 0x0a00_0001;

    private readonly string _text = TextOf(services, serversPerService);

    /// <summary>The file's path.</summary>
    public static string Path => "/etc/keepalived/keepalived.conf";

    /// <summary>The file.</summary>
    public string Text => _text;

    /// <summary>Reads it, which must be faultless.</summary>
    public DirectorConfig Read()
    {
        var result = ConfigReader.Read(Path, this);
        if (result.Diagnostics.Count > 0) throw new InvalidOperationException(result.Diagnostics[0].ToString());
        return result.Config;
    }

    /// <inheritdoc/>
    public ConfigFileKind KindOf(string path) => path == Path ? ConfigFileKind.Regular : ConfigFileKind.Missing;

    /// <inheritdoc/>
    public bool TryRead(string path, out string text)
    {
        text = _text;
        return true;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> NamesIn(string directory) => [];

    private static string TextOf(int services, int serversPerService)
    {
        var text = new StringBuilder();
        for (var service = 0; service < services; service++)
        {
            var vip = IpAddress128.FromV4(FirstVip + (uint)(service / ServicesPerVip));
            text.Append(CultureInfo.InvariantCulture, $$"""
                virtual_server {{vip}} {{8000 + (service % ServicesPerVip)}} {
                    delay_loop 10
                    lb_algo wlc
                    lb_kind DR
                    protocol TCP

                """);
            if (service % 10 == 0)
                text.Append(CultureInfo.InvariantCulture, $"    sorry_server 10.255.0.1 {8000 + (service % ServicesPerVip)}\n");
            for (var server = 0; server < serversPerService; server++)
            {
                var address = IpAddress128.FromV4(FirstServer + (uint)((service * serversPerService) + server));
                text.Append(CultureInfo.InvariantCulture, $$"""
                        real_server {{address}} {{8000 + (service % ServicesPerVip)}} {
                            weight 1
                            TCP_CHECK {
                                connect_timeout 3
                                retry 2
                                delay_before_retry 1
                            }
                        }

                    """);
            }

            text.Append("}\n");
        }

        return text.ToString();
    }
}
