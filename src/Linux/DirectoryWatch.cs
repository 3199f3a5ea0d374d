using System.Runtime.InteropServices;
using System.Text;
using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux;

/// <summary>Hears of files that are written, moved or removed in directories (inotify(7)). One thread at a time.</summary>
public sealed unsafe class DirectoryWatch : IDisposable
{
    private const uint Changes = FileAbi.IN_MODIFY | FileAbi.IN_CLOSE_WRITE | FileAbi.IN_MOVED_FROM | FileAbi.IN_MOVED_TO
        | FileAbi.IN_CREATE | FileAbi.IN_DELETE | FileAbi.IN_DELETE_SELF | FileAbi.IN_MOVE_SELF | FileAbi.IN_ONLYDIR;

    private const int EventHeader = 16, BufferSize = 16384;

    private readonly FileDescriptor _descriptor;
    private readonly byte[] _buffer = new byte[BufferSize];

    /// <summary>Opens it; nothing is watched.</summary>
    /// <exception cref="LinuxException">The user has no inotify instances left.</exception>
    public DirectoryWatch()
    {
        var descriptor = FileAbi.InitWatch(FileAbi.IN_NONBLOCK | FileAbi.IN_CLOEXEC);
        if (descriptor < 0) throw LinuxException.FromLastError("inotify_init1", "tracked files", "raise fs.inotify.max_user_instances");
        _descriptor = new(descriptor);
    }

    /// <summary>The descriptor, for poll(2): readable when <see cref="TryRead"/> has something.</summary>
    public int Handle => _descriptor.Value;

    /// <summary>Watches a directory; one that is watched already has the same number. False if it is not there or cannot be.</summary>
    public bool TryAdd(string directory, out int number)
    {
        number = FileAbi.AddWatch(Handle, directory, Changes);
        return number >= 0;
    }

    /// <summary>
    /// Takes what has happened since: directories by their numbers, and the names of files in them; empty for the directory itself, which
    /// may be watched no longer. Number −1: more happened than could be remembered. False if nothing waits.
    /// </summary>
    public bool TryRead(ICollection<(int Number, string File)> changes)
    {
        long length;
        fixed (byte* room = _buffer) length = LibC.read(Handle, room, _buffer.Length);
        if (length <= 0) return false;
        for (var rest = _buffer.AsSpan(0, (int)length); rest.Length >= EventHeader;)
        {
            var number = MemoryMarshal.Read<int>(rest);
            var mask = MemoryMarshal.Read<uint>(rest[4..]);
            var nameLength = MemoryMarshal.Read<int>(rest[12..]);
            var name = rest.Slice(EventHeader, nameLength);
            var end = name.IndexOf((byte)0);
            var file = Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
            changes.Add((mask & FileAbi.IN_Q_OVERFLOW) != 0 ? (-1, "") : (number, file));
            rest = rest[(EventHeader + nameLength)..];
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
