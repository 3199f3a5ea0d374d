using System.Runtime.InteropServices;

namespace Director.Linux.Abi;

/// <summary>Mirror of Linux include/uapi/linux/{if_packet,virtio_net,if_ether}.h, as far as used (packet(7)).</summary>
internal static class PacketAbi
{
    public const int SOL_PACKET = 263;

    public const int PACKET_RX_RING = 5;
    public const int PACKET_STATISTICS = 6;
    public const int PACKET_COPY_THRESH = 7;
    public const int PACKET_VERSION = 10;
    public const int PACKET_RESERVE = 12;
    public const int PACKET_VNET_HDR = 15;
    public const int PACKET_FANOUT = 18;
    public const int PACKET_QDISC_BYPASS = 20;
    public const int PACKET_IGNORE_OUTGOING = 23;

    public const int TPACKET_V2 = 1;

    public const int PACKET_FANOUT_HASH = 0;
    public const int PACKET_FANOUT_QM = 5;
    public const int PACKET_FANOUT_FLAG_UNIQUEID = 0x2000;
    public const int PACKET_FANOUT_FLAG_IGNORE_OUTGOING = 0x4000;

    public const uint TP_STATUS_KERNEL = 0;
    public const uint TP_STATUS_USER = 1;
    public const uint TP_STATUS_COPY = 2;
    public const uint TP_STATUS_VLAN_VALID = 0x10;
    public const uint TP_STATUS_VLAN_TPID_VALID = 0x40;

    /// <summary>ETH_P_ALL as sockets take it, in network order.</summary>
    public const ushort AllProtocols = 0x0300;

    /// <summary>asm-generic/socket.h.</summary>
    public const int SO_ATTACH_BPF = 50;

    public const byte VIRTIO_NET_HDR_F_NEEDS_CSUM = 1;

    public const byte VIRTIO_NET_HDR_GSO_NONE = 0;
    public const byte VIRTIO_NET_HDR_GSO_TCPV4 = 1;
    public const byte VIRTIO_NET_HDR_GSO_TCPV6 = 4;
    public const byte VIRTIO_NET_HDR_GSO_UDP_L4 = 5;
    public const byte VIRTIO_NET_HDR_GSO_ECN = 0x80;

    /// <summary>struct tpacket_req.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct RingRequest
    {
        public uint BlockSize;
        public uint Blocks;
        public uint SlotSize;
        public uint Slots;
    }

    /// <summary>struct tpacket2_hdr, at the start of each slot.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 32)]
    public struct SlotHeader
    {
        public uint Status;
        public uint Length;
        public uint CapturedLength;
        public ushort FrameOffset;
        public ushort PacketOffset;
        public uint Seconds;
        public uint Nanoseconds;
        public ushort VlanTag;
        public ushort VlanType;
    }

    /// <summary>struct virtio_net_hdr: what the sender left to the hardware. It stands in front of the frame.</summary>
    [StructLayout(LayoutKind.Sequential, Size = Size)]
    public struct OffloadHeader
    {
        public const int Size = 10;

        public byte Flags;
        public byte GsoType;
        public ushort HeaderLength;
        public ushort GsoSize;
        public ushort ChecksumStart;
        public ushort ChecksumOffset;
    }

    /// <summary>struct tpacket_stats. Reading it sets both to 0.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Statistics
    {
        public uint Packets;
        public uint Drops;
    }

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer
    {
        public nint Address;
        public nuint Length;
    }

    /// <summary>struct mmsghdr of a 64-bit machine: a message without address or control data, and how much of it was sent.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public unsafe struct Message
    {
        [FieldOffset(16)] public Buffer* Buffers;
        [FieldOffset(24)] public nuint BufferCount;
        [FieldOffset(56)] public uint Sent;
    }
}
