using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Director.Hosting;

/// <summary>A file that holds the number of this process, for scripts that send it signals; it goes when that ends in order.</summary>
internal sealed class PidFile : IDisposable
{
    private readonly string _path;

    private PidFile(string path) => _path = path;

    /// <summary>Writes it. False with the reason if it cannot be written.</summary>
    public static bool TryWrite(string path, [NotNullWhen(true)] out PidFile? written, out string problem)
    {
        (written, problem) = (null, "");
        try
        {
            File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
            written = new(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"the pid cannot be written into {path}: {exception.Message.TrimEnd('.')}";
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Where the file may be written but not removed it stays, and names a process that is gone.
        }
    }
}
