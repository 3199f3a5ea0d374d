using System.Runtime.InteropServices;

namespace Director.Linux.Abi;

/// <summary>Mirror of Linux include/uapi/linux/if_xdp.h (Documentation/networking/af_xdp.rst).</summary>
internal static class XdpAbi
{
    public const int AF_XDP = 44;
    public const int SOL_XDP = 283;

    public const int XDP_MMAP_OFFSETS = 1;
    public const int XDP_RX_RING = 2;
    public const int XDP_TX_RING = 3;
    public const int XDP_UMEM_REG = 4;
    public const int XDP_UMEM_FILL_RING = 5;
    public const int XDP_UMEM_COMPLETION_RING = 6;
    public const int XDP_STATISTICS = 7;
    public const int XDP_OPTIONS = 8;
    public const int XDP_MAX_TX_SKB_BUDGET = 9;

    public const uint XDP_OPTIONS_ZEROCOPY = 1;

    public const ushort XDP_SHARED_UMEM = 1;
    public const ushort XDP_COPY = 2;
    public const ushort XDP_ZEROCOPY = 4;
    public const ushort XDP_USE_NEED_WAKEUP = 8;

    public const uint XDP_RING_NEED_WAKEUP = 1;

    public const long XDP_PGOFF_RX_RING = 0;
    public const long XDP_PGOFF_TX_RING = 0x8000_0000;
    public const long XDP_UMEM_PGOFF_FILL_RING = 0x1_0000_0000;
    public const long XDP_UMEM_PGOFF_COMPLETION_RING = 0x1_8000_0000;

    /// <summary>Bytes that the kernel leaves free in front of a received frame (XDP_PACKET_HEADROOM, bpf.h).</summary>
    public const int XDP_PACKET_HEADROOM = 256;

    /// <summary>struct xdp_umem_reg.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct UmemRegistration
    {
        public ulong Address;
        public ulong Length;
        public uint ChunkSize;
        public uint Headroom;
        public uint Flags;
        public uint TxMetadataLength;
    }

    /// <summary>struct sockaddr_xdp.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SocketAddress
    {
        public ushort Family;
        public ushort Flags;
        public uint Device;
        public uint Queue;
        public uint SharedUmemDescriptor;
    }

    /// <summary>struct xdp_ring_offset: where things stand in a ring's mapping.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct RingOffset
    {
        public ulong Producer;
        public ulong Consumer;
        public ulong Entries;
        public ulong Flags;
    }

    /// <summary>struct xdp_mmap_offsets.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MappingOffsets
    {
        public RingOffset Rx;
        public RingOffset Tx;
        public RingOffset Fill;
        public RingOffset Completion;
    }

    /// <summary>struct xdp_desc: an entry of an RX or TX ring.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Descriptor
    {
        public ulong Address;
        public uint Length;
        public uint Options;
    }

    /// <summary>struct xdp_statistics.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Statistics
    {
        public ulong RxDropped;
        public ulong RxInvalidDescriptors;
        public ulong TxInvalidDescriptors;
        public ulong RxRingFull;
        public ulong RxFillRingEmpty;
        public ulong TxRingEmpty;
    }
}
