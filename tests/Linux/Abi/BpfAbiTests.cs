using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Director.Linux.Abi;

namespace Director.Tests.Linux.Abi;

/// <summary>Sizes and offsets as a C compiler prints them of include/uapi/linux/bpf.h.</summary>
public sealed class BpfAbiTests
{
    [Fact]
    public void Attributes_have_the_sizes_that_the_kernel_reads()
    {
        Assert.Equal(72, Unsafe.SizeOf<BpfAbi.MapCreate>());
        Assert.Equal(32, Unsafe.SizeOf<BpfAbi.MapElement>());
        Assert.Equal(152, Unsafe.SizeOf<BpfAbi.ProgramLoad>());
        Assert.Equal(80, Unsafe.SizeOf<BpfAbi.TestRun>());
        Assert.Equal(16, Unsafe.SizeOf<BpfAbi.LinkCreate>());
        Assert.Equal(24, Unsafe.SizeOf<BpfAbi.XdpContext>());
    }

    [Theory]
    [InlineData(typeof(BpfAbi.MapCreate), nameof(BpfAbi.MapCreate.MaxEntries), 12)]
    [InlineData(typeof(BpfAbi.MapCreate), nameof(BpfAbi.MapCreate.Name), 28)]
    [InlineData(typeof(BpfAbi.MapElement), nameof(BpfAbi.MapElement.Key), 8)]
    [InlineData(typeof(BpfAbi.MapElement), nameof(BpfAbi.MapElement.Flags), 24)]
    [InlineData(typeof(BpfAbi.ProgramLoad), nameof(BpfAbi.ProgramLoad.Instructions), 8)]
    [InlineData(typeof(BpfAbi.ProgramLoad), nameof(BpfAbi.ProgramLoad.License), 16)]
    [InlineData(typeof(BpfAbi.ProgramLoad), nameof(BpfAbi.ProgramLoad.LogBuffer), 32)]
    [InlineData(typeof(BpfAbi.ProgramLoad), nameof(BpfAbi.ProgramLoad.Name), 48)]
    [InlineData(typeof(BpfAbi.ProgramLoad), nameof(BpfAbi.ProgramLoad.ExpectedAttachType), 68)]
    [InlineData(typeof(BpfAbi.TestRun), nameof(BpfAbi.TestRun.DataIn), 16)]
    [InlineData(typeof(BpfAbi.TestRun), nameof(BpfAbi.TestRun.Repeat), 32)]
    [InlineData(typeof(BpfAbi.TestRun), nameof(BpfAbi.TestRun.ContextIn), 48)]
    [InlineData(typeof(BpfAbi.TestRun), nameof(BpfAbi.TestRun.BatchSize), 72)]
    [InlineData(typeof(BpfAbi.MapInfo), nameof(BpfAbi.MapInfo.MaxEntries), 16)]
    [InlineData(typeof(BpfAbi.LinkInfo), nameof(BpfAbi.LinkInfo.Device), 16)]
    [InlineData(typeof(BpfAbi.ProgramInfo), nameof(BpfAbi.ProgramInfo.Name), 64)]
    public void Fields_stand_where_the_header_has_them(Type structure, string field, int offset) =>
        Assert.Equal(offset, (int)Marshal.OffsetOf(structure, field));

    [Fact]
    public unsafe void A_name_too_long_for_the_kernel_is_refused_here()
    {
        var name = stackalloc byte[BpfAbi.ObjectNameLength];
        Assert.Throws<ArgumentException>(() => BpfAbi.SetName((byte*)0, "sixteen_letters_"));
        BpfAbi.SetName(name, "fifteen_letters");
        Assert.Equal("fifteen_letters", BpfAbi.GetName(name));
    }
}
