using System.Runtime.InteropServices;
using System.Text;

namespace Director.Linux.Abi;

/// <summary>Mirror of Linux include/uapi/linux/{if,sockios,ethtool}.h, as far as used (netdevice(7)).</summary>
internal static unsafe class DeviceAbi
{
    public const int IFNAMSIZ = 16;

    public const int SIOCGIFFLAGS = 0x8913;
    public const int SIOCGIFMTU = 0x8921;
    public const int SIOCGIFHWADDR = 0x8927;
    public const int SIOCETHTOOL = 0x8946;

    public const uint ETHTOOL_GFLAGS = 0x25;
    public const uint ETHTOOL_GCHANNELS = 0x3c;

    public const uint ETH_FLAG_RXVLAN = 1 << 8;

    public const ushort ARPHRD_ETHER = 1;

    public const short IFF_MASTER = 0x400;

    /// <summary>struct ifreq, with the arms that are used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    public struct Request
    {
        [FieldOffset(0)] public fixed byte Name[IFNAMSIZ];

        /// <summary>sa_family of the hardware address: the device's ARPHRD_ type.</summary>
        [FieldOffset(16)] public ushort HardwareType;
        [FieldOffset(18)] public fixed byte HardwareAddress[14];
        [FieldOffset(16)] public short Flags;
        [FieldOffset(16)] public int Mtu;
        [FieldOffset(16)] public void* Data;

        /// <summary>A request about the device of that name, at most 15 bytes; the rest is zero.</summary>
        public Request(string name)
        {
            fixed (byte* start = Name) Encoding.UTF8.GetBytes(name, new Span<byte>(start, IFNAMSIZ - 1));
        }
    }

    /// <summary>struct ethtool_value.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Value
    {
        public uint Command;
        public uint Data;
    }

    /// <summary>struct ethtool_channels.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Channels
    {
        public uint Command;
        public uint MaxRx;
        public uint MaxTx;
        public uint MaxOther;
        public uint MaxCombined;
        public uint Rx;
        public uint Tx;
        public uint Other;
        public uint Combined;
    }
}
