using System.Globalization;
using System.Runtime.InteropServices;
using Director.Linux.Abi;
using Director.Net;
using Tmds.Linux;

namespace Director.Linux.Xdp;

/// <summary>An Ethernet device, as it was when it was looked at.</summary>
/// <param name="Name">Its name, such as <c>eth0</c>.</param>
/// <param name="Index">The kernel's number of it (if_nametoindex(3)).</param>
/// <param name="Mac">Its own address.</param>
/// <param name="Mtu">Bytes of IP packet that it takes.</param>
/// <param name="RxQueues">Queues that frames arrive in, at least 1 (<c>ethtool -l</c>).</param>
public sealed record XdpDevice(string Name, int Index, MacAddress Mac, int Mtu, int RxQueues)
{
    /// <summary>Whether VLAN tags are taken out of the frames that it receives, before a program sees them (<c>ethtool -k</c>).</summary>
    public bool TakesTagsOut { get; init; }

    /// <summary>Whether it is a bond (bonding), whose frames come by its members.</summary>
    public bool IsBond { get; init; }

    /// <summary>Looks at the device of that name in the calling thread's network namespace; null if there is none.</summary>
    /// <exception cref="LinuxException">It is not Ethernet.</exception>
    public static XdpDevice? Find(string name)
    {
        try
        {
            return Open(name);
        }
        catch (LinuxException refusal) when (refusal.Errno == Errno.ENODEV)
        {
            return null;
        }
    }

    /// <summary>Looks at the device of that name in the calling thread's network namespace.</summary>
    /// <exception cref="LinuxException">There is none, or it is not Ethernet.</exception>
    public static unsafe XdpDevice Open(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var index = Libc.IfNameToIndex(name);
        if (index == 0) throw LinuxException.FromLastError("if_nametoindex", name, "see `ip link` for the devices there are");
        var descriptor = LibC.socket(LibC.AF_INET, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        if (descriptor < 0) throw LinuxException.FromLastError("socket(AF_INET)", name);
        using var socket = new FileDescriptor(descriptor);

        var request = new DeviceAbi.Request(name);
        if (LibC.ioctl(descriptor, DeviceAbi.SIOCGIFHWADDR, &request) != 0)
            throw LinuxException.FromLastError("ioctl(SIOCGIFHWADDR)", name);
        if (request.HardwareType != DeviceAbi.ARPHRD_ETHER)
            throw new LinuxException("ioctl(SIOCGIFHWADDR)", name, Errno.EOPNOTSUPP, "only Ethernet devices can be balanced on");
        var mac = MacAddress.Read(new ReadOnlySpan<byte>(request.HardwareAddress, MacAddress.Size));

        request = new(name);
        if (LibC.ioctl(descriptor, DeviceAbi.SIOCGIFMTU, &request) != 0) throw LinuxException.FromLastError("ioctl(SIOCGIFMTU)", name);
        var mtu = request.Mtu;
        request = new(name);
        if (LibC.ioctl(descriptor, DeviceAbi.SIOCGIFFLAGS, &request) != 0) throw LinuxException.FromLastError("ioctl(SIOCGIFFLAGS)", name);
        return new(name, (int)index, mac, mtu, QueuesOf(descriptor, name))
        {
            IsBond = (request.Flags & DeviceAbi.IFF_MASTER) != 0, TakesTagsOut = TakesTagsOutOf(descriptor, name),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Mac}, index {Index})");

    private static unsafe bool TakesTagsOutOf(int socket, string name)
    {
        var flags = new DeviceAbi.Value { Command = DeviceAbi.ETHTOOL_GFLAGS };
        var request = new DeviceAbi.Request(name) { Data = &flags };
        return LibC.ioctl(socket, DeviceAbi.SIOCETHTOOL, &request) == 0 && (flags.Data & DeviceAbi.ETH_FLAG_RXVLAN) != 0;
    }

    // Asked of the device and not of /sys, which shows the namespace that it was mounted in. A driver that cannot say has one queue.
    private static unsafe int QueuesOf(int socket, string name)
    {
        var channels = new DeviceAbi.Channels { Command = DeviceAbi.ETHTOOL_GCHANNELS };
        var request = new DeviceAbi.Request(name) { Data = &channels };
        if (LibC.ioctl(socket, DeviceAbi.SIOCETHTOOL, &request) == 0) return (int)Math.Max(1, channels.Combined + channels.Rx);
        var errno = Marshal.GetLastPInvokeError();
        return errno == Errno.EOPNOTSUPP ? 1 : throw new LinuxException("ioctl(ETHTOOL_GCHANNELS)", name, errno);
    }
}
