using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Director.Hosting;

/// <summary>One line an event: time, level, part of the director, message. An exception's own lines follow, indented.</summary>
internal sealed class LineFormatter(TimeProvider time) : ConsoleFormatter(Name)
{
    /// <summary>Under which the console logger finds it.</summary>
    public new const string Name = "line";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var level = logEntry.LogLevel switch
        {
            LogLevel.Trace or LogLevel.Debug => "debug",
            LogLevel.Warning => "warn ",
            LogLevel.Error or LogLevel.Critical => "error",
            _ => "info ",
        };
        var part = logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..];
        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{time.GetLocalNow():yyyy-MM-dd HH:mm:ss.fff} {level} {part,-8} {logEntry.Formatter(logEntry.State, logEntry.Exception)}"));
        if (logEntry.Exception is { } exception)
            textWriter.WriteLine("    " + exception.ToString().ReplaceLineEndings("\n    "));
    }
}
