using Director.Config;
using Director.Control;

namespace Director.Hosting;

/// <summary>The keepalived.conf on disk.</summary>
internal sealed class ConfigFile(string path, ConfigContext context, TimeProvider time) : IConfigSource
{
    private readonly DiskConfigFiles _files = new();

    /// <inheritdoc/>
    public string Path => path;

    /// <inheritdoc/>
    public DateTimeOffset TakenAt { get; private set; } = time.GetUtcNow();

    /// <inheritdoc/>
    public ConfigResult Read() => ConfigReader.Read(path, _files, context: context);

    /// <inheritdoc/>
    public void TakeInForce() => TakenAt = time.GetUtcNow();
}
