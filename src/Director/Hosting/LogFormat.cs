namespace Director.Hosting;

/// <summary>How a log line looks.</summary>
internal enum LogFormat
{
    /// <summary>For eyes and for grep.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
