using Director.Lab.Namespaces;
using Director.Net;
using Director.Perf.Routers.Wire;

namespace Director.Perf.Routers;

/// <summary>
/// Two routers and a client on a switch, in namespaces of their own, which go when this goes (<see cref="NamespaceSet"/>); and a tap on the
/// switch.
/// <code>
///   ra      10.9.0.1, 2001:db8:9::1 ─┐
///   rb      10.9.0.2, 2001:db8:9::2 ─┼─ switch      VIP 10.9.0.100, 2001:db8:9::100
///   client  10.9.0.3, 2001:db8:9::3 ─┘
/// </code>
/// </summary>
internal sealed class VrrpLan : IDisposable
{
    /// <summary>Each machine's device.</summary>
    public const string Device = "eth0";

    /// <summary>The second device of the two routers, if they have one.</summary>
    public const string SecondDevice = "eth1";

    /// <summary>The virtual address that a plan has unless it says otherwise.</summary>
    public const string Vip = "10.9.0.100";

    private readonly NamespaceSet _set = new();

    /// <summary>Builds it; nothing runs in it yet.</summary>
    /// <param name="ipv6">Whether the machines have IPv6.</param>
    /// <param name="second">Whether the routers have a second device on the switch, in 10.9.1.0/24.</param>
    public VrrpLan(bool ipv6 = false, bool second = false)
    {
        try
        {
            Switch = _set.Create("switch");
            var bridge = new Bridge(Switch);
            (A, B, Client) = (Machine("ra", 1), Machine("rb", 2), Machine("client", 3));
            if (second)
            {
                AddDevice(A, 1);
                AddDevice(B, 2);
            }

            (string, string)[] ports = [(A.Role, A.Role), (B.Role, B.Role)];
            Tap = new WireTap(Switch, second ? [.. ports, (SecondPort(A), A.Role), (SecondPort(B), B.Role)] : ports);

            void AddDevice(NetworkNamespace machine, int number)
            {
                Veth.Connect(machine, SecondDevice, Switch, SecondPort(machine));
                Switch.Ip("link", "set", SecondPort(machine), "master", Bridge.Link);
                machine.AddAddress(SecondDevice, $"10.9.1.{number}/24");
            }

            NetworkNamespace Machine(string role, int number)
            {
                var made = _set.Create(role, ipv6);
                if (ipv6) made.Run("sh", "-c", "for d in all default; do echo 0 > /proc/sys/net/ipv6/conf/$d/accept_dad; done");
                bridge.Attach(made, Device, MacAddress.TryParse($"02:00:00:00:09:0{number}", out var mac) ? mac : default);
                made.AddAddress(Device, $"10.9.0.{number}/24");
                if (ipv6) made.AddAddress(Device, $"2001:db8:9::{number}/64");
                return made;
            }
        }
        catch
        {
            _set.Dispose();
            throw;
        }
    }

    /// <summary>The switch's own machine.</summary>
    public NetworkNamespace Switch { get; }

    /// <summary>The first router's machine.</summary>
    public NetworkNamespace A { get; }

    /// <summary>The second's.</summary>
    public NetworkNamespace B { get; }

    /// <summary>The client's.</summary>
    public NetworkNamespace Client { get; }

    /// <summary>Sees what the two routers' machines send.</summary>
    public WireTap Tap { get; }

    /// <summary>Where files go that go when the network goes.</summary>
    public string Directory => _set.Directory;

    /// <summary>The hardware address of a machine's device.</summary>
    public string MacOf(NetworkNamespace machine) => $"02:00:00:00:09:0{(machine == A ? 1 : machine == B ? 2 : 3)}";

    /// <summary>Pulls a machine's cable out of the switch, or puts it in: the machine sees its carrier go and come.</summary>
    public void Plug(NetworkNamespace machine, bool inserted) => Switch.Ip("link", "set", machine.Role, inserted ? "up" : "down");

    /// <summary>Lets frames of a machine pass the switch, or none: the machine sees its carrier all the time.</summary>
    public void Partition(NetworkNamespace machine, bool apart) =>
        Switch.Ip(["link", "set", machine.Role, .. apart ? ["nomaster"] : new[] { "master", Bridge.Link }]);

    /// <inheritdoc/>
    public void Dispose()
    {
        Tap?.Dispose();
        _set.Dispose();
    }

    private static string SecondPort(NetworkNamespace machine) => machine.Role + "2";
}
