namespace Director.Vrrp;

/// <summary>
/// What one virtual router has counted: all of RFC 2787's vrrpRouterStatsTable and
/// RFC 6527's vrrpv3StatisticsTable, with the two that keepalived never increments (interval
/// and VRID errors), and what an operator asks beyond. Written by the VRRP thread alone; copy to hand out.
/// </summary>
public sealed class VrrpCounters
{
    private readonly long[] _rejected = new long[RejectionCount];

    /// <summary>How many values <see cref="AdvertisementRejection"/> has.</summary>
    public const int RejectionCount = (int)AdvertisementRejection.AddressList + 1;

    /// <summary>Times it became master (vrrpStatsBecomeMaster).</summary>
    public long BecomeMaster { get; set; }

    /// <summary>Times it stopped being master.</summary>
    public long ReleaseMaster { get; set; }

    /// <summary>Advertisements taken (vrrpStatsAdvertiseRcvd).</summary>
    public long AdvertisementsReceived { get; set; }

    /// <summary>Advertisements sent.</summary>
    public long AdvertisementsSent { get; set; }

    /// <summary>Advertisements that the kernel did not take.</summary>
    public long SendFailures { get; set; }

    /// <summary>Advertisements of priority 0 taken (vrrpStatsPriorityZeroPktsRcvd).</summary>
    public long PriorityZeroReceived { get; set; }

    /// <summary>Advertisements of priority 0 sent (vrrpStatsPriorityZeroPktsSent).</summary>
    public long PriorityZeroSent { get; set; }

    /// <summary>Gratuitous ARP frames and neighbour advertisements sent. Written by the thread that sends them.</summary>
    public long AnnouncementsSent { get; set; }

    /// <summary>Lower-priority or resigning advertisements that were not answered because one had just been.</summary>
    public long AnswersSuppressed { get; set; }

    /// <summary>Advert ticks that passed unsent because this program was late.</summary>
    public long TicksSkipped { get; set; }

    /// <summary>The latest that an advert has been sent after its tick.</summary>
    public TimeSpan MaxAdvertLateness { get; set; }

    /// <summary>
    /// Advertisements of version 3 taken whose interval is not ours; with the rejected ones, vrrpv3StatisticsAdvIntervalErrors.
    /// </summary>
    public long IntervalsDiffering { get; set; }

    /// <summary>Advertisements taken whose checksum covers something else than ours do.</summary>
    public long ChecksumFormsDiffering { get; set; }

    /// <summary>
    /// Advertisements taken that have some of our addresses, but not the same; with the rejected ones, vrrpStatsAddressListErrors.
    /// </summary>
    public long AddressListsDiffering { get; set; }

    /// <summary>Datagrams of another master for this virtual router that were heard as master, taken or not.</summary>
    public long RivalAdvertisements { get; set; }

    /// <summary>Why it last became master.</summary>
    public MasterReason NewMasterReason { get; set; }

    /// <summary>What was last wrong with a datagram.</summary>
    public ProtocolError LastProtocolError { get; set; }

    /// <summary>How late adverts were sent after their ticks; those that answer somebody have none.</summary>
    public LatenessHistogram AdvertLateness { get; } = new();

    /// <summary>Datagrams refused for <paramref name="reason"/>.</summary>
    public long Rejected(AdvertisementRejection reason) => _rejected[(int)reason];

    /// <summary>Counts <paramref name="count"/> refused datagrams.</summary>
    public void CountRejected(AdvertisementRejection reason, long count = 1)
    {
        if (count == 0) return;
        _rejected[(int)reason] += count;
        LastProtocolError = reason switch
        {
            AdvertisementRejection.TimeToLive => ProtocolError.IpTtlError,
            AdvertisementRejection.Version => ProtocolError.VersionError,
            AdvertisementRejection.Checksum => ProtocolError.ChecksumError,
            AdvertisementRejection.UnknownRouter => ProtocolError.VridError,
            _ => LastProtocolError,
        };
    }

    /// <summary>Sets the count of a reason, when counters are read from elsewhere.</summary>
    public void SetRejected(AdvertisementRejection reason, long count) => _rejected[(int)reason] = count;
}
