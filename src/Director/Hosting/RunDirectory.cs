using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Director.Hosting;

/// <summary>
/// The director's own directory under /run: its admin socket, its pid, and the lock that keeps a second one from using it. The lock goes
/// with the process, however it ends.
/// </summary>
internal sealed class RunDirectory : IDisposable
{
    // sizeof(sockaddr_un.sun_path), less the byte that ends it (unix(7)).
    private const int MaxSocketPath = 107;

    /// <summary>All for the owner, looking for the group: 0750.</summary>
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private readonly FileStream _lock;
    private readonly PidFile? _pid;

    private RunDirectory(string path, FileStream held, PidFile? pid) => (Path, _lock, _pid) = (path, held, pid);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>
    /// Takes the directory, making it if need be. False with the reason if another director has it, or it cannot be made.
    /// </summary>
    public static bool TryTake(string path, [NotNullWhen(true)] out RunDirectory? taken, out string problem)
    {
        taken = null;
        path = System.IO.Path.GetFullPath(path);
        var lockFile = System.IO.Path.Combine(path, "director.lock");
        if (Encoding.UTF8.GetByteCount(Admin.AdminSocket.PathIn(path)) > MaxSocketPath)
        {
            problem = $"{path} is too long for a socket in it (unix(7)); give a shorter --run-dir";
            return false;
        }

        try
        {
            Directory.CreateDirectory(path, OwnerAndGroup);
            var held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.Delete(Admin.AdminSocket.PathIn(path));
            if (!PidFile.TryWrite(System.IO.Path.Combine(path, "director.pid"), out var pid, out problem))
            {
                held.Dispose();
                return false;
            }

            taken = new(path, held, pid);
            return true;
        }
        catch (IOException) when (File.Exists(lockFile))
        {
            problem = $"another director uses {path}: stop that one, or give this one a --run-dir of its own";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"{path} cannot be used: {exception.Message.TrimEnd('.')}; give a --run-dir that this user may write";
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(Admin.AdminSocket.PathIn(Path));
        _pid?.Dispose();
        _lock.Dispose();
    }
}
