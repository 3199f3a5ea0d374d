using System.Runtime.InteropServices;
using System.Text;
using Director.Linux.Abi;
using Director.Linux.Processes;
using Tmds.Linux;

namespace Director.Linux;

/// <summary>
/// The writing end of a named pipe (fifo(7)). It is open for reading too, so that it needs no reader, and what is written waits for one.
/// </summary>
public sealed unsafe class NamedPipe : IDisposable
{
    private const uint OwnerOnly = 0x180;

    private readonly FileDescriptor _descriptor;

    private NamedPipe(FileDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>Opens the pipe, after making it if it is not there. One that is there stays as it is, with its readers.</summary>
    /// <exception cref="LinuxException">It cannot be made, or something else has its name.</exception>
    public static NamedPipe Open(string path, Credentials owner)
    {
        if (FileAbi.MakePipe(path, OwnerOnly) == 0)
        {
            if (FileAbi.ChangeOwner(path, owner.User, owner.Group) != 0) throw LinuxException.FromLastError("chown", path);
        }
        else if (Marshal.GetLastPInvokeError() is not Errno.EEXIST and var errno)
        {
            throw new LinuxException("mkfifo", path, errno);
        }

        if (!FileAbi.TryGetStatus(path, out var status)) throw LinuxException.FromLastError("statx", path);
        if ((status.Mode & FileAbi.S_IFMT) != FileAbi.S_IFIFO)
            throw new LinuxException("mkfifo", path, Errno.EEXIST, "something else is there: remove it, or name another path");
        var descriptor = FileAbi.Open(path, LibC.O_RDWR | LibC.O_NONBLOCK | LibC.O_CLOEXEC, 0);
        return descriptor >= 0 ? new(new(descriptor)) : throw LinuxException.FromLastError("open", path);
    }

    /// <summary>Writes a line whole; false if the pipe is full. Never blocks.</summary>
    /// <exception cref="LinuxException">The pipe is broken.</exception>
    public bool TryWrite(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        fixed (byte* data = bytes)
        {
            while (LibC.write(_descriptor.Value, data, bytes.Length) < 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.EAGAIN) return false;
                if (errno != Errno.EINTR) throw new LinuxException("write", "a named pipe", errno);
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _descriptor.Dispose();
}
