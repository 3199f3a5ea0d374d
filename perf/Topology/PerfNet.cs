using System.Globalization;
using System.Text;
using Director.Lab.Namespaces;
using Director.Net;
using Director.Perf.Traffic;

namespace Director.Perf.Topology;

/// <summary>
/// What every engine stands in: two veth pairs between three namespaces of the run's own, which go when it ends, however it ends
/// (<see cref="NamespaceSet"/>).
/// <code>
///   clients  eth0 ──── in0  engine  out0 ──── eth0  servers
///            10.1.0.2       VIP 10.1.0.100           10.2.0.2 …
/// </code>
/// Nobody answers: neighbours are entered by hand, and no link asks for any.
/// </summary>
internal sealed class PerfNet : IDisposable
{
    /// <summary>The engine's device that frames come in by.</summary>
    public const string In = "in0";

    /// <summary>The engine's device that they leave by.</summary>
    public const string Out = "out0";

    /// <summary>The device of the clients and of the servers.</summary>
    public const string Far = "eth0";

    /// <summary>Real servers, all behind the one device.</summary>
    public const int Servers = 64;

    /// <summary>The service.</summary>
    public static readonly Endpoint Service = new(IpAddress128.Parse("10.1.0.100"), 80);

    /// <summary>The clients' MAC address.</summary>
    public static readonly MacAddress ClientMac = Mac("02:00:00:00:01:01");

    /// <summary>That of <see cref="In"/>.</summary>
    public static readonly MacAddress InMac = Mac("02:00:00:00:01:02");

    /// <summary>That of <see cref="Out"/>.</summary>
    public static readonly MacAddress OutMac = Mac("02:00:00:00:02:01");

    /// <summary>The servers' MAC address.</summary>
    public static readonly MacAddress ServerMac = Mac("02:00:00:00:02:02");

    private readonly NamespaceSet _set = new();

    /// <summary>Builds it; nothing runs in it yet.</summary>
    public PerfNet(int queues = 1)
    {
        try
        {
            Clients = _set.Create("clients");
            Engine = _set.Create("engine");
            Sink = _set.Create("servers");
            // Clients' addresses are invented: there is no way back to them to be checked.
            Engine.Run("sh", "-c", "for f in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $f; done");
            Veth.Connect(Clients, Far, Engine, In, ClientMac, InMac, queues);
            Veth.Connect(Engine, Out, Sink, Far, OutMac, ServerMac, queues);
            var commands = new StringBuilder();
            commands.AppendLine("address add 10.1.0.1/24 dev " + In).AppendLine("address add 10.2.0.1/24 dev " + Out);
            commands.AppendLine($"neighbour add 10.1.0.2 lladdr {ClientMac} nud permanent dev {In}");
            foreach (var server in ServerAddresses)
                commands.AppendLine($"neighbour add {server} lladdr {ServerMac} nud permanent dev {Out}");
            // What an engine wants to tell a client, such as that its hops are used up, has somewhere to go.
            commands.AppendLine($"route add {IpAddress128.FromV4(FlowNumber.FirstClient)}/16 via 10.1.0.2");
            var batch = Path.Combine(Directory, "engine.ip");
            File.WriteAllText(batch, commands.ToString());
            Engine.Ip("-batch", batch);
        }
        catch
        {
            _set.Dispose();
            throw;
        }
    }

    /// <summary>Where frames come from.</summary>
    public NetworkNamespace Clients { get; }

    /// <summary>Where the engine is.</summary>
    public NetworkNamespace Engine { get; }

    /// <summary>Where they end.</summary>
    public NetworkNamespace Sink { get; }

    /// <summary>Where files of the run may be put.</summary>
    public string Directory => _set.Directory;

    /// <summary>The servers' addresses.</summary>
    public static IEnumerable<string> ServerAddresses =>
        Enumerable.Range(2, Servers).Select(number => string.Create(CultureInfo.InvariantCulture, $"10.2.0.{number}"));

    /// <inheritdoc/>
    public void Dispose() => _set.Dispose();

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new FormatException(text);
}
