using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>The log of this host.</summary>
internal sealed class LogSettings
{
    /// <summary><c>text</c> or <c>json</c>, a line an event.</summary>
    public LogFormat Format { get; init; } = LogFormat.Text;

    /// <summary>The least level that is written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;
}
