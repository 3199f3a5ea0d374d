using System.Globalization;
using System.Runtime.InteropServices;

namespace Director.Linux.Abi;

/// <summary>The error numbers that this project tells apart (Linux include/uapi/asm-generic/errno-base.h, errno.h).</summary>
internal static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int ENXIO = 6;
    public const int E2BIG = 7;
    public const int EBADF = 9;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENODEV = 19;
    public const int EINVAL = 22;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int ENOSPC = 28;
    public const int ERANGE = 34;
    public const int ENOSYS = 38;
    public const int EMSGSIZE = 90;
    public const int ENOPROTOOPT = 92;
    public const int EPROTONOSUPPORT = 93;
    public const int EOPNOTSUPP = 95;
    public const int EAFNOSUPPORT = 97;
    public const int EADDRINUSE = 98;
    public const int EADDRNOTAVAIL = 99;
    public const int ENETDOWN = 100;
    public const int ENETUNREACH = 101;
    public const int ENOBUFS = 105;
    public const int ETIMEDOUT = 110;
    public const int EHOSTUNREACH = 113;

    private static readonly string?[] Names = new string?[EHOSTUNREACH + 1];

    static Errno()
    {
        foreach (var field in (ReadOnlySpan<(string Name, int Value)>)
        [
            (nameof(EPERM), EPERM), (nameof(ENOENT), ENOENT), (nameof(EINTR), EINTR), (nameof(ENXIO), ENXIO), (nameof(E2BIG), E2BIG),
            (nameof(EBADF), EBADF), (nameof(EAGAIN), EAGAIN), (nameof(ENOMEM), ENOMEM),
            (nameof(ENFILE), ENFILE), (nameof(EMFILE), EMFILE), (nameof(EACCES), EACCES), (nameof(EBUSY), EBUSY),
            (nameof(EEXIST), EEXIST), (nameof(ENODEV), ENODEV), (nameof(EINVAL), EINVAL), (nameof(ENOSPC), ENOSPC),
            (nameof(ERANGE), ERANGE),
            (nameof(ENOSYS), ENOSYS), (nameof(EMSGSIZE), EMSGSIZE), (nameof(ENOPROTOOPT), ENOPROTOOPT),
            (nameof(EPROTONOSUPPORT), EPROTONOSUPPORT),
            (nameof(EOPNOTSUPP), EOPNOTSUPP), (nameof(EAFNOSUPPORT), EAFNOSUPPORT), (nameof(EADDRINUSE), EADDRINUSE),
            (nameof(EADDRNOTAVAIL), EADDRNOTAVAIL), (nameof(ENETDOWN), ENETDOWN), (nameof(ENETUNREACH), ENETUNREACH),
            (nameof(ENOBUFS), ENOBUFS), (nameof(ETIMEDOUT), ETIMEDOUT), (nameof(EHOSTUNREACH), EHOSTUNREACH),
        ])
        {
            Names[field.Value] = field.Name;
        }
    }

    /// <summary>The symbol, such as <c>EBUSY</c>, or the number where it has none here.</summary>
    public static string NameOf(int errno) =>
        (uint)errno < (uint)Names.Length && Names[errno] is { } name ? name : errno.ToString(CultureInfo.InvariantCulture);

    /// <summary>As a person reads it: <c>Device or resource busy (EBUSY)</c>, strerror(3) and the symbol.</summary>
    public static string Describe(int errno) => $"{Marshal.GetPInvokeErrorMessage(errno)} ({NameOf(errno)})";
}
