using System.Runtime.InteropServices;
using System.Text;
using Director.Linux.Abi;
using Director.Linux.Host;
using Director.Linux.Netlink;
using Director.Net;
using Tmds.Linux;
using static Director.Linux.Abi.TunAbi;

namespace Director.Linux.Tun;

/// <summary>
/// The way into the host: a packet written to this TUN device is received by the host stack, as if it had come from the network
/// (Linux Documentation/networking/tuntap.rst). Used for what the forwarding engine does not want and the host should answer, such as a
/// segment to a VIP without a connection, to which the client is owed a RST.
/// </summary>
/// <remarks>
/// The device lives as long as this object, at most as long as the process. It has reverse path filtering off, since a packet from any
/// client arrives by it; the kernel takes the stricter of the device's setting and <c>net.ipv4.conf.all.rp_filter</c>, which is the
/// operator's: see <see cref="HostConflicts"/>. IPv4 is not forwarded from it before <see cref="SetForwarding"/>, so a packet to a VIP that
/// has just left is dropped and does not chase it through the network. Whether IPv6 is says <c>net.ipv6.conf.all.forwarding</c> alone,
/// which is the operator's (Linux net/ipv6/ip6_output.c, <c>ip6_forward</c>). What the kernel itself sends to the device is never read: its
/// queue is bounded and overflows in silence (Linux drivers/net/tun.c).
/// </remarks>
public sealed unsafe class TunDevice : IHostPort, IDisposable
{
    private const byte LinkScope = 253;
    private const string RequiresTun = "load the module: modprobe tun; in a container pass /dev/net/tun in";

    private readonly FileDescriptor _descriptor;
    private long _written;
    private long _refused;

    private TunDevice(FileDescriptor descriptor, string name, int linkIndex) =>
        (_descriptor, Name, LinkIndex) = (descriptor, name, linkIndex);

    /// <summary>The device's name.</summary>
    public string Name { get; }

    /// <summary>The device's number.</summary>
    public int LinkIndex { get; }

    /// <summary>Packets that the host took.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Packets that it did not: its backlog was full, the device is down, or it was no IP packet.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Makes a device in the network namespace that the calling thread is in, gives it its address and sets it up.</summary>
    /// <param name="name">Its name, such as <c>director0</c>: 1–15 bytes, in no use yet.</param>
    /// <param name="address">An IPv4 address of its own, which nothing else uses; best of 169.254.0.0/16 (RFC 3927).</param>
    /// <exception cref="LinuxException">No CAP_NET_ADMIN, no <c>/dev/net/tun</c>, or the name is taken.</exception>
    public static TunDevice Create(string name, IpAddress128 address)
    {
        if (Encoding.UTF8.GetByteCount(name) is 0 or >= DeviceAbi.IFNAMSIZ)
            throw new ArgumentException($"'{name}' is no interface name", nameof(name));
        int descriptor;
        fixed (byte* path = "/dev/net/tun"u8) descriptor = LibC.open(path, LibC.O_RDWR | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (descriptor < 0) throw LinuxException.FromLastError("open", "/dev/net/tun", RequiresTun);
        var owned = new FileDescriptor(descriptor);
        try
        {
            Claim(descriptor, name);
            using var routes = new RouteSocket();
            var link = routes.DumpLinks().FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new LinuxException("ioctl(TUNSETIFF)", name, Errno.ENODEV);
            Sysctl.Write($"net/ipv4/conf/{name}/rp_filter", "0");
            Sysctl.Write($"net/ipv4/conf/{name}/forwarding", "0");
            EnableIpv6(name);
            routes.AddAddress(new(link.Index, address, 32) { Protocol = AddressEntry.DirectorProtocol, Scope = LinkScope });
            routes.SetLinkUp(link.Index);
            return new(owned, name, link.Index);
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Hands a packet to the host. Never blocks, allocates nothing, may be called by several threads at once.
    /// </summary>
    /// <param name="packet">A whole IP packet with its checksums right: the host verifies them.</param>
    /// <returns>Whether the host took it; if not, <see cref="Refused"/> counted it.</returns>
    public bool TryWrite(ReadOnlySpan<byte> packet)
    {
        fixed (byte* data = packet)
        {
            if (LibC.write(_descriptor.Value, data, packet.Length) == packet.Length)
            {
                Interlocked.Increment(ref _written);
                return true;
            }
        }

        Interlocked.Increment(ref _refused);
        return false;
    }

    /// <summary>
    /// Says whether the host is to forward what it is handed and is not for itself, such as packets of masqueraded servers that belong to
    /// no connection: if so, it forwards IPv4 as far as it is a router at all (<c>net.ipv4.ip_forward</c>, now and when it changes: the
    /// kernel writes it to all devices). To be called in the device's network namespace.
    /// </summary>
    /// <exception cref="LinuxException"><c>/proc/sys</c> is read-only here; the device forwards as it did.</exception>
    public void SetForwarding(bool wanted) =>
        Sysctl.Write($"net/ipv4/conf/{Name}/forwarding", wanted ? Sysctl.Read("net/ipv4/ip_forward") ?? "0" : "0");

    /// <summary>Removes the device.</summary>
    public void Dispose() => _descriptor.Dispose();

    /// <summary>Takes IPv6 too, whatever new devices do by default, if this host has it.</summary>
    private static void EnableIpv6(string name)
    {
        var setting = $"net/ipv6/conf/{name}/disable_ipv6";
        if (Sysctl.Read(setting) is null) return;
        try
        {
            Sysctl.Write(setting, "0");
        }
        catch (LinuxException)
        {
            // Where sysctls cannot be written only IPv6 VIPs miss it, and a host without IPv6 has none.
        }
    }

    private static void Claim(int descriptor, string name)
    {
        var request = new DeviceAbi.Request(name) { Flags = IFF_TUN | IFF_NO_PI | IFF_TUN_EXCL };
        if (LibC.ioctl(descriptor, TUNSETIFF, &request) == 0) return;
        var errno = Marshal.GetLastPInvokeError();
        throw new LinuxException("ioctl(TUNSETIFF)", name, errno, errno switch
        {
            Errno.EPERM => "run with CAP_NET_ADMIN",
            Errno.EBUSY => $"stop the other director of this network namespace, or: ip link delete {name}",
            _ => null,
        });
    }
}
