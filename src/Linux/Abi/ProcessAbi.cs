using System.Runtime.InteropServices;

namespace Director.Linux.Abi;

/// <summary>
/// Starting, signalling and awaiting processes (posix_spawn(3), pidfd_open(2), waitid(2)); the user and group databases (getpwnam_r(3)).
/// The calls that change credentials are the kernel's own, which concern the calling thread alone; those of the C library would change
/// every thread of the process (nptl(7)).
/// </summary>
internal static unsafe partial class ProcessAbi
{
    public const int SIGTERM = 15;
    public const int SIGKILL = 9;

    /// <summary>posix_spawn(3): signals of the set get their default action.</summary>
    public const short POSIX_SPAWN_SETSIGDEF = 0x04;

    /// <summary>posix_spawn(3): the child begins with this signal mask.</summary>
    public const short POSIX_SPAWN_SETSIGMASK = 0x08;

    /// <summary>posix_spawn(3): the child leads a session, and a process group, of its own.</summary>
    public const short POSIX_SPAWN_SETSID = 0x80;

    /// <summary>More than the sizes of <c>posix_spawnattr_t</c> (336) and <c>posix_spawn_file_actions_t</c> (80), both opaque.</summary>
    public const int OpaqueSize = 512;

    /// <summary>Bytes of <c>sigset_t</c>.</summary>
    public const int SignalSetSize = 128;

    /// <summary>waitid(2): the process behind a pidfd.</summary>
    public const int P_PIDFD = 3;

    /// <summary>waitid(2): processes that have ended.</summary>
    public const int WEXITED = 4;

    /// <summary>waitid(2), <c>si_code</c>: it called exit(2), rather than being killed.</summary>
    public const int CLD_EXITED = 1;

    /// <summary>prctl(2) for ambient capabilities, and the argument that clears them.</summary>
    public const int PR_CAP_AMBIENT = 47;

    /// <summary>See <see cref="PR_CAP_AMBIENT"/>.</summary>
    public const int PR_CAP_AMBIENT_CLEAR_ALL = 4;

    /// <summary>prctl(2): whether the process may be traced and dumped.</summary>
    public const int PR_GET_DUMPABLE = 3;

    /// <summary>prctl(2), the same to be set.</summary>
    public const int PR_SET_DUMPABLE = 4;

    // Linux arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h.
    public static readonly int SYS_setgroups = Number(116, 159);
    public static readonly int SYS_setresuid = Number(117, 147);
    public static readonly int SYS_setresgid = Number(119, 149);
    public static readonly int SYS_pidfd_open = 434;

    private const string Library = "libc.so.6";

    /// <summary>siginfo_t as waitid(2) fills it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    public struct SignalInfo
    {
        [FieldOffset(8)] public int Code;
        [FieldOffset(24)] public int Status;
    }

    /// <summary>struct passwd.</summary>
    public struct Password
    {
        public byte* Name;
        public byte* Secret;
        public uint User;
        public uint Group;
        public byte* Gecos;
        public byte* Home;
        public byte* Shell;
    }

    /// <summary>struct group.</summary>
    public struct Group
    {
        public byte* Name;
        public byte* Secret;
        public uint Id;
        public byte** Members;
    }

    [LibraryImport(Library, EntryPoint = "posix_spawn")]
    public static partial int Spawn(int* process, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitAttributes(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(void* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(void* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetDefaultSignals(void* attributes, byte* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(void* attributes, byte* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitActions(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(void* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddOpen(void* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddChangeDirectory(void* actions, string path);

    /// <summary>glibc 2.34 and later.</summary>
    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int AddCloseFrom(void* actions, int first);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int type, int id, SignalInfo* end, int options);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second, nint third);

    [LibraryImport(Library, EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetUser(string name, Password* entry, byte* room, nuint size, Password** found);

    [LibraryImport(Library, EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetGroup(string name, Group* entry, byte* room, nuint size, Group** found);

    [LibraryImport(Library, EntryPoint = "getgrouplist", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetGroupList(string user, uint group, uint* groups, int* count);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    [LibraryImport(Library, EntryPoint = "getgroups", SetLastError = true)]
    public static partial int GetGroups(int count, uint* groups);

    private static int Number(int x64, int arm64) => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? arm64 : x64;
}
