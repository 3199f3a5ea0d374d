using Director.Linux.Abi;

namespace Director.Linux.Processes;

/// <summary>Where programs are, and whether anybody but root could put another one in their place.</summary>
public static class ScriptPath
{
    private const int OthersWrite = 0x2, GroupWrites = 0x10, AnyoneRuns = 0x49;
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>
    /// The file that a program's name means: itself if there is a slash in it, else the first of that name in <c>PATH</c>; null if there is
    /// none.
    /// </summary>
    public static string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal)) return File.Exists(program) ? program : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? DefaultPath).Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsExecutable);
    }

    /// <summary>Whether it is a file that somebody may execute.</summary>
    public static bool IsExecutable(string path) =>
        FileAbi.TryGetStatus(path, out var status) && (status.Mode & FileAbi.S_IFMT) == FileAbi.S_IFREG && (status.Mode & AnyoneRuns) != 0;

    /// <summary>
    /// The first part of an absolute path, or of what its links lead to, that a user other than root may change; null if there is none. A
    /// group may, if it is root's.
    /// </summary>
    public static string? FindUntrusted(string path) => FindUntrustedPart(path) ?? FindUntrustedPart(TargetOf(path));

    private static string? FindUntrustedPart(string path)
    {
        for (var part = path; !string.IsNullOrEmpty(part); part = Path.GetDirectoryName(part))
        {
            if (!FileAbi.TryGetStatus(part, out var status)) continue;
            var mode = status.Mode;
            if (status.User != 0 || (mode & OthersWrite) != 0 || ((mode & GroupWrites) != 0 && status.Group != 0)) return part;
        }

        return null;
    }

    private static string TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path;
        }
    }
}
