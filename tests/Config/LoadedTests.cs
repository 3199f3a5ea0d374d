using System.Globalization;
using Director.Config;
using Director.Net;

namespace Director.Tests.Config;

/// <summary>
/// Files that keepalived 2.2.7 loaded into the IPVS of a stock kernel, beside what IPVS then held (<c>tests/Config/Loaded/record.sh</c>):
/// the same services and servers come of them here.
/// </summary>
public sealed class LoadedTests
{
    private static readonly string Directory = Reading.RepositoryFile("tests", "Config", "Loaded");

    public static TheoryData<string> Files =>
        [.. System.IO.Directory.GetFiles(Directory, "*.conf").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Fact]
    public void There_are_dozens() => Assert.True(Files.Count >= 40);

    [Theory]
    [MemberData(nameof(Files))]
    public void The_services_and_servers_are_those_that_keepalived_loaded(string file)
    {
        var result = ConfigReader.Read($"{Directory}/{file}.conf", new Director.Hosting.DiskConfigFiles());
        Assert.False(result.HasErrors, Reading.Listing(result));
        // SCTP is not served yet, of which a warning tells.
        var recorded = File.ReadAllLines($"{Directory}/{file}.ipvs")
            .Where(line => line.Length > 0 && !line.Contains("--sctp-service", StringComparison.Ordinal))
            .Select(line => line.Split(" --tun")[0]).ToList();
        var services = recorded.Where(line => line.StartsWith("-A ", StringComparison.Ordinal)).ToList();

        var ours = result.Config.VirtualServers.SelectMany(server => server.Keys.Select(key => Service(server, key)));
        Assert.Equal(services.Order(), ours.Order());
        foreach (var server in result.Config.VirtualServers)
        {
            foreach (var key in server.Keys)
            {
                var held = recorded.Where(line => line.StartsWith($"-a {Name(key)} ", StringComparison.Ordinal)).Order().ToList();
                var pool = server.RealServers.Select(real => Server(key, real)).Order().ToList();
                // Without a quorum, whose server serves alone is another matter than how the file is read.
                var sorry = server.SorryServer is { } one ? Server(key, one) : null;
                if (sorry is null || !held.SequenceEqual([sorry])) Assert.Equal(pool, held);
            }
        }
    }

    private static string Service(VirtualServerConfig server, ServiceKey key)
    {
        var text = $"-A {Name(key)} -s {server.Scheduler}";
        if (server.PersistenceTimeout is { } timeout)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" -p {timeout.TotalSeconds}");
            if (key.Virtual.Address.IsV4 && server.PersistencePrefixLength < 32) text += " -M 255.255.255.0";
        }

        return server.IsOnePacket ? $"{text} -o" : text;
    }

    private static string Server(ServiceKey key, RealServerConfig real)
    {
        var method = real.Method switch { ForwardingMethodConfig.Nat => "-m", ForwardingMethodConfig.Tunnel => "-i", _ => "-g" };
        return $"-a {Name(key)} -r {Text(real.EndpointAt(key.Virtual.Port))} {method} -w {real.Weight}";
    }

    private static string Name(ServiceKey key) =>
        $"{(key.Protocol == IpProtocol.Udp ? "-u" : "-t")} {Text(key.Virtual)}";

    private static string Text(Endpoint endpoint) =>
        endpoint.Address.IsV4 ? $"{endpoint.Address}:{endpoint.Port}" : $"[{endpoint.Address}]:{endpoint.Port}";
}
