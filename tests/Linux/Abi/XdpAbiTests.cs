using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Director.Linux.Abi;

namespace Director.Tests.Linux.Abi;

/// <summary>Sizes and offsets as a C compiler prints them of include/uapi/linux/if_xdp.h.</summary>
public sealed class XdpAbiTests
{
    [Fact]
    public void Structures_have_the_sizes_of_the_header()
    {
        Assert.Equal(32, Unsafe.SizeOf<XdpAbi.UmemRegistration>());
        Assert.Equal(16, Unsafe.SizeOf<XdpAbi.SocketAddress>());
        Assert.Equal(32, Unsafe.SizeOf<XdpAbi.RingOffset>());
        Assert.Equal(128, Unsafe.SizeOf<XdpAbi.MappingOffsets>());
        Assert.Equal(16, Unsafe.SizeOf<XdpAbi.Descriptor>());
        Assert.Equal(48, Unsafe.SizeOf<XdpAbi.Statistics>());
        Assert.Equal(40, Unsafe.SizeOf<DeviceAbi.Request>());
        Assert.Equal(36, Unsafe.SizeOf<DeviceAbi.Channels>());
    }

    [Theory]
    [InlineData(typeof(XdpAbi.UmemRegistration), nameof(XdpAbi.UmemRegistration.ChunkSize), 16)]
    [InlineData(typeof(XdpAbi.UmemRegistration), nameof(XdpAbi.UmemRegistration.Headroom), 20)]
    [InlineData(typeof(XdpAbi.UmemRegistration), nameof(XdpAbi.UmemRegistration.TxMetadataLength), 28)]
    [InlineData(typeof(XdpAbi.SocketAddress), nameof(XdpAbi.SocketAddress.Device), 4)]
    [InlineData(typeof(XdpAbi.SocketAddress), nameof(XdpAbi.SocketAddress.Queue), 8)]
    [InlineData(typeof(XdpAbi.SocketAddress), nameof(XdpAbi.SocketAddress.SharedUmemDescriptor), 12)]
    [InlineData(typeof(XdpAbi.RingOffset), nameof(XdpAbi.RingOffset.Entries), 16)]
    [InlineData(typeof(XdpAbi.RingOffset), nameof(XdpAbi.RingOffset.Flags), 24)]
    [InlineData(typeof(XdpAbi.MappingOffsets), nameof(XdpAbi.MappingOffsets.Tx), 32)]
    [InlineData(typeof(XdpAbi.MappingOffsets), nameof(XdpAbi.MappingOffsets.Fill), 64)]
    [InlineData(typeof(XdpAbi.MappingOffsets), nameof(XdpAbi.MappingOffsets.Completion), 96)]
    [InlineData(typeof(XdpAbi.Descriptor), nameof(XdpAbi.Descriptor.Length), 8)]
    [InlineData(typeof(XdpAbi.Descriptor), nameof(XdpAbi.Descriptor.Options), 12)]
    [InlineData(typeof(XdpAbi.Statistics), nameof(XdpAbi.Statistics.TxInvalidDescriptors), 16)]
    [InlineData(typeof(XdpAbi.Statistics), nameof(XdpAbi.Statistics.RxRingFull), 24)]
    [InlineData(typeof(XdpAbi.Statistics), nameof(XdpAbi.Statistics.RxFillRingEmpty), 32)]
    public void Fields_stand_where_the_header_has_them(Type structure, string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf(structure, field));
}
