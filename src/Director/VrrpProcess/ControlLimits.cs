namespace Director.VrrpProcess;

/// <summary>The bounds of the wire between the processes and of the watch they keep over each other.</summary>
internal static class ControlLimits
{
    /// <summary>
    /// Bytes of the longest message: an instance with all the addresses that <see cref="Director.Vrrp.VrrpLimits"/> allows.
    /// </summary>
    public const int MessageSize = 128 * 1024;

    /// <summary>Bytes of a string on the wire.</summary>
    public const int StringSize = 1024;

    /// <summary>Addresses in one message of <see cref="ControlKind.StaticAddresses"/>.</summary>
    public const int StaticAddressesPerMessage = 1024;

    /// <summary>Addresses that are steered without an instance.</summary>
    public const int StaticAddresses = 4096;

    /// <summary>Messages that the VRRP process takes before it turns its routers again.</summary>
    public const int MessagesPerTurn = 64;

    /// <summary>Reports that may wait for the main process to read them.</summary>
    public const int Reports = 1024;

    /// <summary>
    /// The longest that packets may go unserved before every master resigns, and how long the main process has for its first heartbeat. An
    /// instance that advertises more often than this makes it its advert interval, but no less than <see cref="ShortestStall"/>.
    /// </summary>
    public static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(2);

    /// <summary>The least, unless it is set: a busy machine's scheduler may keep a thread of ordinary priority waiting.</summary>
    public static readonly TimeSpan ShortestStall = TimeSpan.FromMilliseconds(250);

    /// <summary>The least that it may be set to: heartbeats and an idle worker's sleep take three eighths of it.</summary>
    public static readonly TimeSpan LeastStall = TimeSpan.FromMilliseconds(50);

    /// <summary>The most between two heartbeats of the main process.</summary>
    public static readonly TimeSpan BetweenHeartbeats = TimeSpan.FromMilliseconds(100);

    /// <summary>Processors in one message.</summary>
    public const int Processors = 1024;

    /// <summary>Between two lines of the same kind about the same instance.</summary>
    public static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>How long the VRRP process may leave a question unanswered: less than its peers wait before they take over at 1 s.</summary>
    public static readonly TimeSpan ChildSilence = TimeSpan.FromSeconds(3);

    /// <summary>How long the VRRP process may take to resign before it is killed.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    /// <summary>How long the VRRP process may take to accept a configuration.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait before the VRRP process is started again.</summary>
    public static readonly TimeSpan RestartBackOff = TimeSpan.FromSeconds(8);

    /// <summary>A VRRP process that ran this long was well: its end is followed by a start at once.</summary>
    public static readonly TimeSpan RestartReset = TimeSpan.FromSeconds(10);
}
