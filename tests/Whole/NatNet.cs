using System.Text;
using Director.Admin;
using Director.Lab.Namespaces;
using Director.Tests.Lab;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>
/// A director that is the router of two masqueraded servers, one on each of its inner links, and of a client on the outer one:
/// <code>
///   client 192.0.2.2 ── 192.0.2.1 director, VIP 192.0.2.100 ┬─ 10.1.1.1 ── 10.1.1.2 rs1
///                                                           └─ 10.1.2.1 ── 10.1.2.2 rs2
/// </code>
/// The servers listen on ports of their own.
/// </summary>
internal sealed class NatNet : IDisposable
{
    public const string Vip = "192.0.2.100";
    public const ushort HttpPort = 8080, EchoPort = 5353;

    private static readonly string[] Addresses = ["10.1.1.2", "10.1.2.2"];

    private readonly NamespaceSet _set = new();
    private readonly ITestOutputHelper _output;
    private readonly string _mode;
    private NamespaceProcess? _process;

    /// <summary>Builds it; nothing runs yet but the servers.</summary>
    public NatNet(ITestOutputHelper output, string mode)
    {
        (_output, _mode) = (output, mode);
        Client = _set.Create("client");
        Director = _set.Create("director");
        foreach (var key in new[] { "net.ipv4.conf.all.rp_filter", "net.ipv4.conf.default.rp_filter" }) Director.Sysctl(key, "0");
        Veth.Connect(Client, "eth0", Director, "eth0");
        Client.AddAddress("eth0", "192.0.2.2/24");
        Director.AddAddress("eth0", "192.0.2.1/24");
        Director.AddAddress("eth0", $"{Vip}/32");
        Client.Ip("route", "add", "default", "via", "192.0.2.1");
        Servers = [.. Addresses.Select((address, i) => AddServer($"rs{i + 1}", $"eth{i + 1}", $"10.1.{i + 1}.1", address))];
        Director.Sysctl("net.ipv4.ip_forward", "1");
    }

    public NetworkNamespace Client { get; }

    public NetworkNamespace Director { get; }

    public IReadOnlyList<BulkServer> Servers { get; }

    /// <summary>Starts the director and waits until it takes the VIP's packets and knows both servers.</summary>
    public async Task StartAsync()
    {
        var file = Path.Combine(_set.Directory, "keepalived.conf");
        Directory.CreateDirectory(RunDirectory);
        File.WriteAllText(file, Configuration());
        _process = Director.Start(
            [.. DirectorProgram.Command, "run", "-f", file, "--run-dir", RunDirectory, "--set", $"Datapath:Mode={_mode}"]);
        await UntilAsync("both servers are served", status => status.Datapath.Vips is [Vip] && status.Services is [{ }, { }]
            && status.Services.SelectMany(service => service.Servers).All(server => server is { Alive: true, Mac: not null }));
    }

    /// <summary>What the director says of itself.</summary>
    public Task<StatusDocument> StatusAsync() => DirectorState.StatusAsync(RunDirectory);

    /// <summary>Looks at the state until it is as it should be; fails, saying what was waited for, if that does not come.</summary>
    public Task<StatusDocument> UntilAsync(string what, Func<StatusDocument, bool> holds) =>
        DirectorState.UntilAsync(RunDirectory, what, holds);

    /// <summary>What the client gets from an address and port by HTTP.</summary>
    public byte[] Get(string authority)
    {
        var file = Path.Combine(_set.Directory, "got");
        Client.Run("curl", "-sS", "--fail", "--max-time", "30", "-o", file, $"http://{authority}/");
        return File.ReadAllBytes(file);
    }

    public void Dispose()
    {
        foreach (var line in _process?.Lines ?? []) _output.WriteLine(line);
        foreach (var server in Servers) server.Dispose();
        _process?.Dispose();
        _set.Dispose();
    }

    private string RunDirectory => Path.Combine(_set.Directory, "run");

    private BulkServer AddServer(string role, string link, string gateway, string address)
    {
        var server = _set.Create(role);
        Veth.Connect(Director, link, server, "eth0");
        Director.AddAddress(link, $"{gateway}/24");
        server.AddAddress("eth0", $"{address}/24");
        server.Ip("route", "add", "default", "via", gateway);
        // What packet sockets meet: a sender on the same machine that leaves checksums and cutting to the hardware.
        if (_mode == "packet") server.Run("ethtool", "-K", "eth0", "tx", "on", "sg", "on", "tso", "on", "gso", "on");
        return new(server, HttpPort, EchoPort);
    }

    private static string Configuration()
    {
        var text = new StringBuilder();
        Add("TCP", 80, HttpPort, "TCP_CHECK { connect_timeout 3 }");
        Add("UDP", 53, EchoPort, "");
        return text.ToString();

        void Add(string protocol, ushort port, ushort serverPort, string check)
        {
            text.AppendLine($"virtual_server {Vip} {port} {{\n delay_loop 1\n lb_algo rr\n lb_kind NAT\n protocol {protocol}");
            foreach (var address in Addresses) text.AppendLine($" real_server {address} {serverPort} {{\n  weight 1\n  {check}\n }}");
            text.AppendLine("}");
        }
    }
}
