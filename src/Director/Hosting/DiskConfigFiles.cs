using System.Text;
using Director.Config;

namespace Director.Hosting;

/// <summary>The files of a configuration on this machine's disk.</summary>
internal sealed class DiskConfigFiles : IConfigFiles
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <inheritdoc/>
    public ConfigFileKind KindOf(string path)
    {
        try
        {
            if (Directory.Exists(path)) return ConfigFileKind.Directory;
            return (File.GetUnixFileMode(path) & AnyExecute) == 0 ? ConfigFileKind.Regular : ConfigFileKind.Executable;
        }
        catch (UnauthorizedAccessException)
        {
            // It may be there; reading it says what is the matter.
            return ConfigFileKind.Regular;
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            return ConfigFileKind.Missing;
        }
    }

    /// <inheritdoc/>
    public bool TryRead(string path, out string text)
    {
        try
        {
            using var reader = new StreamReader(path, Encoding.UTF8);
            var content = new StringBuilder();
            var buffer = new char[16 * 1024];
            for (int read; content.Length <= ConfigLimits.MaxFileCharacters && (read = reader.Read(buffer)) > 0;)
                content.Append(buffer, 0, read);
            text = content.Length <= ConfigLimits.MaxFileCharacters ? content.ToString() : "the file is too large";
            return content.Length <= ConfigLimits.MaxFileCharacters;
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            text = failure is UnauthorizedAccessException ? "permission denied" : failure.Message;
            return false;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> NamesIn(string directory)
    {
        try
        {
            return [.. new DirectoryInfo(directory).EnumerateFileSystemInfos().Select(entry => entry.Name)];
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            return [];
        }
    }

    private static bool IsRefusal(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
