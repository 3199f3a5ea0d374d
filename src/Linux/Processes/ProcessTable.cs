using System.Globalization;
using System.Text;

namespace Director.Linux.Processes;

/// <summary>The processes of this process namespace, as <c>/proc</c> has them (proc(5)).</summary>
public static class ProcessTable
{
    /// <summary>Bytes of a command line that are looked at.</summary>
    private const int MaxCommandLine = 64 * 1024;

    /// <summary>The ids of all processes.</summary>
    public static IEnumerable<int> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var name = Path.GetFileName(folder.AsSpan());
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) yield return id;
        }
    }

    /// <summary>A process's name and, if wanted, the words of its command line; false if it is gone or a zombie.</summary>
    public static bool TryRead(int process, bool wantsCommandLine, out string commandName, out IReadOnlyList<string> commandLine)
    {
        (commandName, commandLine) = ("", []);
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/");
        try
        {
            var stat = File.ReadAllText(folder + "stat");
            var (open, close) = (stat.IndexOf('(', StringComparison.Ordinal), stat.LastIndexOf(')'));
            if (open < 0 || close + 2 >= stat.Length || stat[close + 2] is 'Z' or 'X') return false;
            commandName = stat[(open + 1)..close];
            if (wantsCommandLine) commandLine = Words(File.ReadAllBytes(folder + "cmdline"));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] Words(byte[] text)
    {
        var whole = text.AsSpan(0, Math.Min(text.Length, MaxCommandLine));
        if (whole.EndsWith("\0"u8)) whole = whole[..^1];
        return whole.IsEmpty ? [] : Encoding.UTF8.GetString(whole).Split('\0');
    }
}
