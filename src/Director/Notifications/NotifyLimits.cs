namespace Director.Notifications;

/// <summary>The bounds of telling others.</summary>
internal static class NotifyLimits
{
    /// <summary>Scripts of one instance or group that may wait.</summary>
    public const int Scripts = 64;

    /// <summary>Lines that may wait for the reader of a pipe, beside those that fit into the pipe.</summary>
    public const int FifoLines = 4096;

    /// <summary>Mails that may wait.</summary>
    public const int Mails = 256;

    /// <summary>How often a mail is tried.</summary>
    public const int MailAttempts = 3;

    /// <summary>How long a script may run: those behind it wait.</summary>
    public static readonly TimeSpan ScriptTime = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks whether the reader of a full pipe has made room.</summary>
    public static readonly TimeSpan FifoRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>Between two attempts at a mail.</summary>
    public static readonly TimeSpan MailRetry = TimeSpan.FromSeconds(10);

    /// <summary>How long all together may take at the end.</summary>
    public static readonly TimeSpan StopTime = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before the reader of a pipe is started again.</summary>
    public static readonly TimeSpan ReaderBackOff = TimeSpan.FromSeconds(30);
}
