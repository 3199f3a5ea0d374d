namespace Director.Bfd;

/// <summary>What one session has counted. Written by the thread of its runner alone; copy to hand out.</summary>
public sealed class BfdCounters
{
    private readonly long[] _rejected = new long[RejectionCount];

    /// <summary>How many values <see cref="BfdRejection"/> has.</summary>
    public const int RejectionCount = (int)BfdRejection.AdminDown + 1;

    /// <summary>Times it came up.</summary>
    public long WentUp { get; set; }

    /// <summary>Times it left Up.</summary>
    public long WentDown { get; set; }

    /// <summary>Packets taken.</summary>
    public long PacketsReceived { get; set; }

    /// <summary>Packets sent.</summary>
    public long PacketsSent { get; set; }

    /// <summary>Packets that the kernel did not take.</summary>
    public long SendFailures { get; set; }

    /// <summary>The latest that a periodic packet has been sent after its time.</summary>
    public TimeSpan MaxLateness { get; set; }

    /// <summary>Packets refused for <paramref name="reason"/>.</summary>
    public long Rejected(BfdRejection reason) => _rejected[(int)reason];

    /// <summary>Counts one refused packet.</summary>
    public void CountRejected(BfdRejection reason) => _rejected[(int)reason]++;

    /// <summary>Sets the count of a reason, when counters are read from elsewhere.</summary>
    public void SetRejected(BfdRejection reason, long count) => _rejected[(int)reason] = count;
}
