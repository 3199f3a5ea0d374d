using System.Runtime.InteropServices;
using Tmds.Linux;

namespace Director.Linux.Abi;

/// <summary>
/// Mirror of Linux include/uapi/linux/bpf.h, as far as used: commands and the arms of <c>union bpf_attr</c>, each the prefix of the
/// union that the command reads. The kernel takes a shorter union as zero-extended (bpf(2)).
/// </summary>
internal static unsafe class BpfAbi
{
    public const int ObjectNameLength = 16;

    public const uint BPF_ANY = 0;
    public const uint BPF_NOEXIST = 1;
    public const uint BPF_EXIST = 2;

    /// <summary>A hash map takes memory for an entry when it is added.</summary>
    public const uint BPF_F_NO_PREALLOC = 1;

    /// <summary>Memory of the map may be mapped into a process (Linux 5.5).</summary>
    public const uint BPF_F_MMAPABLE = 1 << 10;

    public const uint BPF_XDP = 37;
    public const uint BPF_TCX_INGRESS = 46;
    public const uint BPF_F_BEFORE = 1 << 3;
    public const uint BPF_LINK_TYPE_XDP = 6;

    public const uint BPF_F_TEST_XDP_LIVE_FRAMES = 2;

    /// <summary>Source register value of a 64-bit load whose immediate is a map's descriptor.</summary>
    public const int BPF_PSEUDO_MAP_FD = 1;

    /// <summary>Source register value of one whose immediates are a map's descriptor and an offset into its first value.</summary>
    public const int BPF_PSEUDO_MAP_VALUE = 2;

    // <asm/unistd.h>.
    private static readonly int SYS_bpf = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 321,
        Architecture.Arm64 => 280,
        _ => -1,
    };

    public enum Command
    {
        MapCreate = 0,
        MapLookup = 1,
        MapUpdate = 2,
        MapDelete = 3,
        MapGetNextKey = 4,
        ProgramLoad = 5,
        ProgramTestRun = 10,
        ProgramGetDescriptorById = 13,
        ObjectGetInfo = 15,
        ProgramQuery = 16,
        MapUpdateBatch = 26,
        MapDeleteBatch = 27,
        LinkCreate = 28,
        LinkUpdate = 29,
        LinkGetDescriptorById = 30,
        LinkGetNextId = 31,
    }

    /// <summary>BPF_MAP_CREATE.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 72)]
    public struct MapCreate
    {
        [FieldOffset(0)] public uint Type;
        [FieldOffset(4)] public uint KeySize;
        [FieldOffset(8)] public uint ValueSize;
        [FieldOffset(12)] public uint MaxEntries;
        [FieldOffset(16)] public uint Flags;
        [FieldOffset(20)] public uint InnerMap;
        [FieldOffset(28)] public fixed byte Name[ObjectNameLength];
    }

    /// <summary>BPF_MAP_*_ELEM and BPF_MAP_GET_NEXT_KEY, whose next key stands in <see cref="Value"/>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    public struct MapElement
    {
        [FieldOffset(0)] public uint Map;
        [FieldOffset(8)] public ulong Key;
        [FieldOffset(16)] public ulong Value;
        [FieldOffset(24)] public ulong Flags;
    }

    /// <summary>BPF_MAP_*_BATCH; the kernel leaves in <see cref="Count"/> how many entries it has done.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 56)]
    public struct MapBatch
    {
        [FieldOffset(16)] public ulong Keys;
        [FieldOffset(24)] public ulong Values;
        [FieldOffset(32)] public uint Count;
        [FieldOffset(36)] public uint Map;
        [FieldOffset(40)] public ulong ElementFlags;
        [FieldOffset(48)] public ulong Flags;
    }

    /// <summary>BPF_PROG_LOAD.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 152)]
    public struct ProgramLoad
    {
        [FieldOffset(0)] public uint Type;
        [FieldOffset(4)] public uint InstructionCount;
        [FieldOffset(8)] public ulong Instructions;
        [FieldOffset(16)] public ulong License;
        [FieldOffset(24)] public uint LogLevel;
        [FieldOffset(28)] public uint LogSize;
        [FieldOffset(32)] public ulong LogBuffer;
        [FieldOffset(44)] public uint Flags;
        [FieldOffset(48)] public fixed byte Name[ObjectNameLength];
        [FieldOffset(68)] public uint ExpectedAttachType;
    }

    /// <summary>BPF_PROG_TEST_RUN.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    public struct TestRun
    {
        [FieldOffset(0)] public uint Program;
        [FieldOffset(4)] public uint ReturnValue;
        [FieldOffset(8)] public uint DataSizeIn;
        [FieldOffset(12)] public uint DataSizeOut;
        [FieldOffset(16)] public ulong DataIn;
        [FieldOffset(24)] public ulong DataOut;
        [FieldOffset(32)] public uint Repeat;
        [FieldOffset(36)] public uint DurationNanoseconds;
        [FieldOffset(40)] public uint ContextSizeIn;
        [FieldOffset(44)] public uint ContextSizeOut;
        [FieldOffset(48)] public ulong ContextIn;
        [FieldOffset(56)] public ulong ContextOut;
        [FieldOffset(64)] public uint Flags;
        [FieldOffset(68)] public uint Processor;
        [FieldOffset(72)] public uint BatchSize;
    }

    /// <summary>BPF_LINK_CREATE.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct LinkCreate
    {
        [FieldOffset(0)] public uint Program;
        [FieldOffset(4)] public uint Device;
        [FieldOffset(8)] public uint AttachType;
        [FieldOffset(12)] public uint Flags;
    }

    /// <summary>BPF_LINK_UPDATE.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct LinkUpdate
    {
        [FieldOffset(0)] public uint Link;
        [FieldOffset(4)] public uint Program;
        [FieldOffset(8)] public uint Flags;
    }

    /// <summary>BPF_PROG_QUERY: the programs that are attached to a device.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct ProgramQuery
    {
        [FieldOffset(0)] public uint Device;
        [FieldOffset(4)] public uint AttachType;
        [FieldOffset(16)] public ulong Programs;
        [FieldOffset(24)] public uint ProgramCount;
    }

    /// <summary>BPF_*_GET_NEXT_ID and BPF_*_GET_FD_BY_ID.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 12)]
    public struct GetId
    {
        [FieldOffset(0)] public uint Id;
        [FieldOffset(4)] public uint NextId;
        [FieldOffset(8)] public uint Flags;
    }

    /// <summary>BPF_OBJ_GET_INFO_BY_FD.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct GetInfo
    {
        [FieldOffset(0)] public uint Descriptor;
        [FieldOffset(4)] public uint Length;
        [FieldOffset(8)] public ulong Info;
    }

    /// <summary>The start of struct bpf_map_info.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    public struct MapInfo
    {
        [FieldOffset(0)] public uint Type;
        [FieldOffset(4)] public uint Id;
        [FieldOffset(8)] public uint KeySize;
        [FieldOffset(12)] public uint ValueSize;
        [FieldOffset(16)] public uint MaxEntries;
        [FieldOffset(20)] public uint Flags;
        [FieldOffset(24)] public fixed byte Name[ObjectNameLength];
    }

    /// <summary>The start of struct bpf_prog_info: up to the name.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 80)]
    public struct ProgramInfo
    {
        [FieldOffset(0)] public uint Type;
        [FieldOffset(4)] public uint Id;
        [FieldOffset(64)] public fixed byte Name[ObjectNameLength];
    }

    /// <summary>The start of struct bpf_link_info, with the arm of a link to a device (XDP, tcx).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 24)]
    public struct LinkInfo
    {
        [FieldOffset(0)] public uint Type;
        [FieldOffset(4)] public uint Id;
        [FieldOffset(8)] public uint Program;
        [FieldOffset(16)] public uint Device;
    }

    /// <summary>struct xdp_md: what an XDP program sees of its frame.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct XdpContext
    {
        public uint Data;
        public uint DataEnd;
        public uint DataMeta;
        public uint IngressDevice;
        public uint RxQueue;
        public uint EgressDevice;
    }

    /// <summary>bpf(2). Returns what the kernel returned, or -1 with errno.</summary>
    public static int Call<TAttr>(Command command, ref TAttr attr)
        where TAttr : unmanaged
    {
        fixed (TAttr* pointer = &attr)
            return (int)LibC.syscall(SYS_bpf, (int)command, pointer, sizeof(TAttr));
    }

    /// <summary>Reads what the kernel tells of the map, program or link behind a descriptor; false with errno if it is none.</summary>
    public static bool TryGetInfo<TInfo>(int descriptor, out TInfo info)
        where TInfo : unmanaged
    {
        info = default;
        fixed (TInfo* pointer = &info)
        {
            var attr = new GetInfo { Descriptor = (uint)descriptor, Length = (uint)sizeof(TInfo), Info = (ulong)pointer };
            return Call(Command.ObjectGetInfo, ref attr) == 0;
        }
    }

    /// <summary>Whether the link behind a descriptor is on a device; one that was detached, or whose device is gone, is not.</summary>
    public static bool IsLinkAttached(int descriptor) => TryGetInfo(descriptor, out LinkInfo info) && info.Device != 0;

    /// <summary>Writes an object's name: at most 15 ASCII letters, digits and underscores, zero-terminated.</summary>
    public static void SetName(byte* destination, string name)
    {
        if (name.Length >= ObjectNameLength)
            throw new ArgumentException($"'{name}' is longer than a BPF object's name may be", nameof(name));
        for (var i = 0; i < name.Length; i++) destination[i] = (byte)name[i];
    }

    /// <summary>Reads a zero-terminated object name.</summary>
    public static string GetName(byte* source) =>
        System.Text.Encoding.ASCII.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(source));
}
