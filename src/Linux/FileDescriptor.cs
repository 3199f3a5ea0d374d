using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace Director.Linux;

/// <summary>
/// A file descriptor that somebody owns: closed once, by <see cref="IDisposable.Dispose"/> or, failing that, the finalizer.
/// </summary>
public sealed class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    /// <summary>Takes over <paramref name="value"/>, which must be open and owned by nobody else.</summary>
    public FileDescriptor(int value)
        : base(ownsHandle: true) => SetHandle(value);

    /// <summary>The number. Valid until disposed; to be used by calls, not to be closed.</summary>
    public int Value => (int)handle;

    /// <summary>A second descriptor of an open file that somebody else owns, closed on exec.</summary>
    /// <exception cref="LinuxException">There is no such descriptor, or the process has none left.</exception>
    public static FileDescriptor DuplicateOf(int descriptor)
    {
        const int F_DUPFD_CLOEXEC = 1030;
        var copy = LibC.fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        return copy >= 0 ? new(copy)
            : throw LinuxException.FromLastError("fcntl(F_DUPFD_CLOEXEC)", $"descriptor {descriptor}", "raise LimitNOFILE");
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibC.close((int)handle) == 0;
}
