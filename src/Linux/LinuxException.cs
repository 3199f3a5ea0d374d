using System.Runtime.InteropServices;

namespace Director.Linux;

/// <summary>
/// The kernel refused something that the program needs. It says which call, on what, what the kernel answered, and what a person can
/// do about it: <c>bind(AF_XDP) eth0 queue 0: Device or resource busy (EBUSY); stop the other AF_XDP user of the queue</c>.
/// </summary>
public sealed class LinuxException : Exception
{
    /// <summary>Makes the exception for an error number that the caller already holds.</summary>
    /// <param name="call">The system call and what it was asked for, such as <c>bpf(BPF_LINK_CREATE)</c>.</param>
    /// <param name="subject">What it was asked about: a device, a file, an address.</param>
    /// <param name="errno">The kernel's answer (errno(3)).</param>
    /// <param name="remedy">What a person can do, as an imperative; null if nothing useful can be said.</param>
    public LinuxException(string call, string subject, int errno, string? remedy = null)
        : base($"{call} {subject}: {Abi.Errno.Describe(errno)}{(remedy is null ? "" : "; " + remedy)}")
    {
        Call = call;
        Subject = subject;
        Errno = errno;
        Remedy = remedy;
    }

    /// <summary>The system call and what it was asked for.</summary>
    public string Call { get; }

    /// <summary>What it was asked about.</summary>
    public string Subject { get; }

    /// <summary>The kernel's answer (errno(3)).</summary>
    public int Errno { get; }

    /// <summary>Whether the kernel or a driver does not have what was asked for (EOPNOTSUPP).</summary>
    public bool IsNotSupported => Errno == Abi.Errno.EOPNOTSUPP;

    /// <summary>Whether a table of the kernel's is full (ENOBUFS).</summary>
    public bool IsOutOfRoom => Errno == Abi.Errno.ENOBUFS;

    /// <summary>Whether this host has no process, memory or descriptor left for it now.</summary>
    public bool IsOutOfResources => Errno is Abi.Errno.EAGAIN or Abi.Errno.ENOMEM or Abi.Errno.EMFILE or Abi.Errno.ENFILE;

    /// <summary>What a person can do, or null.</summary>
    public string? Remedy { get; }

    /// <summary>The same refusal, and what needed the subject: a place in a configuration.</summary>
    public LinuxException NeededBy(string place) => new(Call, $"{Subject}, which {place} needs", Errno, Remedy);

    /// <summary>Makes the exception from the errno of this thread's last call that records it (<c>SetLastError</c>).</summary>
    /// <param name="call">As in the constructor.</param>
    /// <param name="subject">As in the constructor.</param>
    /// <param name="remedy">As in the constructor.</param>
    public static LinuxException FromLastError(string call, string subject, string? remedy = null) =>
        new(call, subject, Marshal.GetLastPInvokeError(), remedy);
}
