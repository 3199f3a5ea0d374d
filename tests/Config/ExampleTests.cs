using Director.Config;
using Director.Hosting;
using Director.Net;

namespace Director.Tests.Config;

public sealed class ExampleTests
{
    [Theory]
    [InlineData("failover", "master", VrrpInitialState.Master, 100)]
    [InlineData("failover", "backup", VrrpInitialState.Backup, 50)]
    [InlineData("balance", "master", VrrpInitialState.Master, 100)]
    [InlineData("balance", "backup", VrrpInitialState.Backup, 50)]
    public void Each_example_is_clean_and_says_what_the_scenario_says(string scenario, string node, VrrpInitialState state, byte priority)
    {
        var result = ConfigReader.Read(Reading.RepositoryFile("examples", scenario, $"{node}.conf"), new DiskConfigFiles());

        Assert.Equal("", Reading.Listing(result));
        Assert.Equal("LVS_DEVEL", result.Config.Globals.RouterId);
        var instance = Assert.Single(result.Config.VrrpInstances);
        Assert.Equal("VI_1", instance.Name);
        Assert.Equal(state, instance.InitialState);
        Assert.Equal("eth0", instance.Interface);
        Assert.Equal(201, instance.VirtualRouterId);
        Assert.Equal(priority, instance.Priority);
        Assert.Equal(TimeSpan.FromSeconds(1), instance.AdvertInterval);
        Assert.Equal("1111", instance.Password);
        Assert.True(instance.Preempt);
        Assert.Equal(new GarpConfig(5, TimeSpan.FromSeconds(5), TimeSpan.Zero, 1), instance.Garp);
        Assert.Empty(instance.ExcludedAddresses);
        var address = Assert.Single(instance.Addresses);
        Assert.Equal(new VirtualAddressConfig(IpAddress128.Parse("192.168.80.130"), 24, "eth0", null, 0, null, address.Location), address);
    }

    [Theory]
    [InlineData("master")]
    [InlineData("backup")]
    public void The_balance_examples_have_the_service_of_the_scenario(string node)
    {
        var result = ConfigReader.Read(Reading.RepositoryFile("examples", "balance", $"{node}.conf"), new DiskConfigFiles());

        var service = Assert.Single(result.Config.VirtualServers);
        Assert.Equal("[192.168.80.130]:tcp:80", service.Key.ToString());
        Assert.Equal("wlc", service.Scheduler);
        Assert.Equal(TimeSpan.FromSeconds(50), service.PersistenceTimeout);
        Assert.Equal(32, service.PersistencePrefixLength);
        Assert.Equal(["[192.168.80.133]:80", "[192.168.80.134]:80"], service.RealServers.Select(server => server.Endpoint.ToString()));
        foreach (var server in service.RealServers)
        {
            Assert.Equal(1, server.Weight);
            Assert.False(server.InhibitOnFailure);
            var check = Assert.Single(server.Checks);
            Assert.Equal(new TcpCheckConfig(new(server.Endpoint, TimeSpan.FromSeconds(3)),
                new(3, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(6)), check.Location), check);
        }
    }

    [Fact]
    public void The_ipv6_example_has_the_same_servers_by_ipv6()
    {
        var result = ConfigReader.Read(Reading.RepositoryFile("examples", "balance", "ipv6.conf"), new DiskConfigFiles());

        Assert.Equal("", Reading.Listing(result));
        var service = Assert.Single(result.Config.VirtualServers);
        Assert.Equal(("[2001:db8:80::130]:tcp:80", "rr", null), (service.Key.ToString(), service.Scheduler, service.PersistenceTimeout));
        Assert.Equal(["[2001:db8:80::133]:80", "[2001:db8:80::134]:80"], service.RealServers.Select(server => server.Endpoint.ToString()));
    }

    [Theory]
    [InlineData("failover")]
    [InlineData("balance")]
    public void The_examples_of_a_scenario_differ_in_state_priority_and_comment_only(string scenario)
    {
        var master = File.ReadAllLines(Reading.RepositoryFile("examples", scenario, "master.conf"));
        var backup = File.ReadAllLines(Reading.RepositoryFile("examples", scenario, "backup.conf"));

        var different = master.Zip(backup).Where(pair => pair.First != pair.Second && !pair.First.StartsWith('!')).ToList();
        Assert.Equal(master.Length, backup.Length);
        Assert.Equal([("    state MASTER", "    state BACKUP"), ("    priority 100", "    priority 50")], different);
    }
}
