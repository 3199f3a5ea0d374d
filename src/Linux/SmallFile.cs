using Director.Linux.Abi;
using Tmds.Linux;

namespace Director.Linux;

/// <summary>Reads the beginning of a file, whatever kind it is: a named pipe without a writer is not waited for.</summary>
public static unsafe class SmallFile
{
    /// <summary>How many bytes of it are there now, up to the length of <paramref name="room"/>; 0 if it cannot be read.</summary>
    public static int Read(string path, Span<byte> room)
    {
        var descriptor = FileAbi.Open(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        if (descriptor < 0) return 0;
        using var file = new FileDescriptor(descriptor);
        fixed (byte* data = room) return (int)Math.Max(LibC.read(file.Value, data, room.Length), 0);
    }
}
