using System.Globalization;
using Director.Lab.Namespaces;
using Director.Lab.Topology;
using Director.Net;

namespace Director.Tests.Whole;

/// <summary>The link between a director's machine and the switch: pulled out, put in again, given queues and an MTU.</summary>
internal sealed class DirectorLink(LabTopology topology, LabHost host)
{
    private const string Name = "eth0";

    private NetworkNamespace Machine => topology[host.Role];

    private NetworkNamespace Switch => topology.Switch;

    /// <summary>Deletes it at both ends.</summary>
    public void Delete() => Machine.Ip("link", "del", Name);

    /// <summary>Makes it, as it was but with so many queues and perhaps another MAC.</summary>
    public void Make(int queues = 1, MacAddress? mac = null)
    {
        Veth.Connect(Machine, Name, Switch, host.Role, mac ?? host.Mac, queues: queues);
        Switch.Ip("link", "set", host.Role, "master", "br0");
        Machine.AddAddress(Name, string.Create(CultureInfo.InvariantCulture, $"{host.Address}/{LabPlan.PrefixLength}"));
    }

    /// <summary>Has so many receive queues at the machine's end, and as many to send by at the other.</summary>
    public void SetQueues(int queues)
    {
        var count = queues.ToString(CultureInfo.InvariantCulture);
        // A veth with an XDP program may not have fewer queues to receive from than its peer has to send by.
        if (queues < Queues) Switch.Run("ethtool", "-L", host.Role, "tx", count);
        Machine.Run("ethtool", "-L", Name, "rx", count);
        Switch.Run("ethtool", "-L", host.Role, "tx", count);
        Queues = queues;
    }

    /// <summary>Has all that the machine receives come by one queue: the one that every processor of the switch sends by (XPS).</summary>
    public void ReceiveBy(int queue)
    {
        for (var each = 0; each < Queues; each++)
        {
            var processors = each == queue ? ((1UL << Environment.ProcessorCount) - 1).ToString("x", CultureInfo.InvariantCulture) : "0";
            Switch.Run("sh", "-c", string.Create(CultureInfo.InvariantCulture,
                $"echo {processors} > /sys/class/net/{host.Role}/queues/tx-{each}/xps_cpus"));
        }
    }

    /// <summary>Sets the MTU of the machine's end.</summary>
    public void SetMtu(int mtu) => Machine.Ip("link", "set", Name, "mtu", mtu.ToString(CultureInfo.InvariantCulture));

    private int Queues { get; set; } = int.MaxValue;
}
