namespace Director.Vrrp;

/// <summary>The bounds of the VRRP engine.</summary>
public static class VrrpLimits
{
    /// <summary>Virtual addresses in one advertisement: its count is one octet.</summary>
    public const int Addresses = 255;

    /// <summary>Excluded addresses of one instance.</summary>
    public const int ExcludedAddresses = 1024;

    /// <summary>Interfaces of one instance for virtual MAC addresses beyond its first.</summary>
    public const int AddressVmacs = 64;

    /// <summary>Interfaces that one instance needs beyond its own and its addresses'.</summary>
    public const int NeededInterfaces = 64;

    /// <summary>Unicast peers of one instance.</summary>
    public const int Peers = 255;

    /// <summary>Virtual routes of one instance, and static ones.</summary>
    public const int Routes = 512;

    /// <summary>Ways of one route.</summary>
    public const int RouteHops = 64;

    /// <summary>Metrics of one route.</summary>
    public const int RouteMetrics = 16;

    /// <summary>Virtual rules of one instance, and static ones.</summary>
    public const int Rules = 512;

    /// <summary>Paces of announcements.</summary>
    public const int Paces = 64;

    /// <summary>Things that one instance or one sync group tracks.</summary>
    public const int Tracked = 64;

    /// <summary>Things whose status one process is told.</summary>
    public const int Trackers = 4096;

    /// <summary>Characters of the name of something tracked.</summary>
    public const int TrackerName = 128;

    /// <summary>Characters of the names of a sync group's members, together.</summary>
    public const int MemberNames = 16 * 1024;

    /// <summary>Instances that one process runs.</summary>
    public const int Instances = 256;

    /// <summary>Interfaces that one process uses.</summary>
    public const int Interfaces = 512;

    /// <summary>Bytes kept of a received datagram: more than the longest valid one, so that a longer one is seen to be wrong.</summary>
    public const int DatagramSize = 4224;

    /// <summary>Datagrams taken from the sockets at a time; adverts that are due go out between two batches.</summary>
    public const int ReceiveBatch = 64;

    /// <summary>
    /// Datagrams read before a takeover is decided although more keep coming. A socket's queue is first in, first out and shorter than
    /// this, so whatever had arrived when the timer ran out has then been heard.
    /// </summary>
    public const int DrainedDatagrams = 8192;

    /// <summary>
    /// Adverts of another master that a master takes, and hears in a row, before it tells: fewer come with any change of masters.
    /// </summary>
    public const int RivalAdverts = 3;

    /// <summary>The advert intervals after which a silent rival is none any more.</summary>
    public const int RivalSilence = 5;

    /// <summary>The same as a time, for a rival that is heard less often than it should be.</summary>
    public static readonly TimeSpan ShortestRivalSilence = TimeSpan.FromSeconds(60);

    /// <summary>Link events taken in one round.</summary>
    public const int LinkEvents = 1024;

    /// <summary>Gratuitous ARP frames sent in one round; adverts that are due go out between two rounds.</summary>
    public const int AnnouncementsPerRound = 32;

    /// <summary>The shortest interval between a master's adverts that a backup of version 3 goes by: the shortest there is.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest: what the twelve bits of its field hold.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromMilliseconds(40950);

    /// <summary>
    /// The share of the advert interval that must pass before a lower-priority or resigning advert is answered again, so that a spray of
    /// them is not amplified.
    /// </summary>
    public const int AnswersPerInterval = 4;
}
