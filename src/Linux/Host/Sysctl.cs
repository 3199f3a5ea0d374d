using Director.Linux.Abi;

namespace Director.Linux.Host;

/// <summary>
/// Kernel settings under <c>/proc/sys</c> (sysctl(8)). Those of <c>net</c> are the ones of the network namespace that the calling thread
/// is in.
/// </summary>
/// <remarks>
/// Names are written with slashes, <c>net/ipv4/conf/eth0.100/rp_filter</c>, since the dots of an interface's name are none of the path's.
/// </remarks>
public static class Sysctl
{
    /// <summary>The value, without the newline; null if this kernel has no such setting, or it may not be read.</summary>
    public static string? Read(string name)
    {
        try
        {
            return File.ReadAllText(PathOf(name)).TrimEnd('\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The value as a number; null if there is none.</summary>
    public static int? ReadNumber(string name) =>
        int.TryParse(Read(name), System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>
    /// Sees to it that a setting has a value. One that it has already is not written, since <c>/proc/sys</c> may be read-only.
    /// </summary>
    /// <exception cref="LinuxException">No such setting, a value out of its range, or <c>/proc/sys</c> is read-only here.</exception>
    public static void Write(string name, string value)
    {
        if (Read(name) == value) return;
        try
        {
            File.WriteAllText(PathOf(name), value + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var errno = error switch
            {
                FileNotFoundException or DirectoryNotFoundException => Errno.ENOENT,
                UnauthorizedAccessException => Errno.EACCES,
                // The class library hands the errno over as the low half of HResult where it has no exception of its own.
                _ => error.HResult is > 0 and < 4096 ? error.HResult : Errno.EINVAL,
            };
            throw new LinuxException("write", $"/proc/sys/{name} = {value}", errno, $"as root: sysctl -w {name}={value}");
        }
    }

    private static string PathOf(string name)
    {
        if (name.Split('/').Any(part => part is "" or "." or "..")) throw new ArgumentException($"'{name}' is no sysctl", nameof(name));
        return "/proc/sys/" + name;
    }
}
