using System.Globalization;
using System.Numerics;
using Director.Datapath;
using Director.Linux;
using Director.Linux.Xdp;
using Director.VrrpProcess;

namespace Director.Hosting;

/// <summary>The packet path of this host.</summary>
internal sealed class DatapathSettings
{
    /// <summary>How frames are had.</summary>
    public DatapathMode Mode { get; init; } = DatapathMode.Auto;

    /// <summary>Worker threads; 0 is one per RX queue of the device with the fewest.</summary>
    public int Workers { get; init; }

    /// <summary>
    /// The processors that workers have, as in cpuset(7): worker i runs on the i-th and nowhere else, from the first again if there are
    /// more workers, and all other threads run on other processors, if there are any. Empty: each thread runs where the kernel puts it.
    /// </summary>
    public string Processors { get; init; } = "";

    /// <summary>Whether workers never sleep: no frame waits for one to wake up, and each takes a whole CPU.</summary>
    public bool BusyPoll { get; init; }

    /// <summary>How often a worker looks at empty rings before it sleeps; 0 takes the least processor time.</summary>
    public int SpinsBeforeSleep { get; init; } = DatapathLimits.DefaultSpinsBeforeSleep;

    /// <summary>
    /// Milliseconds for which a worker may stand still before masters resign, if adverts come more often; else it is the interval of
    /// those. With less than the default each worker must be sure of a processor.
    /// </summary>
    public int ShortestStall { get; init; } = (int)ControlLimits.ShortestStall.TotalMilliseconds;

    /// <summary>Frames that wait in each of a worker's rings: a power of two.</summary>
    public int RingEntries { get; init; } = XdpLimits.DefaultRingEntries;

    /// <summary>Frames taken at once.</summary>
    public int BatchFrames { get; init; } = DatapathLimits.DefaultBatchFrames;

    /// <summary>Connections that one worker remembers.</summary>
    public int Connections { get; init; } = DatapathLimits.DefaultConnections;

    /// <summary>Clients whose server is remembered, by all workers together.</summary>
    public int PersistenceTemplates { get; init; } = DatapathLimits.DefaultTemplates;

    /// <summary>Whether the XDP programs forward packets of established connections by themselves.</summary>
    public OffloadMode Offload { get; init; } = OffloadMode.Auto;

    /// <summary>Flows for which the table of offloaded ones has room over IPv4, a power of two; over IPv6 it has a quarter.</summary>
    public int OffloadFlows { get; init; } = FlowLimits.DefaultFlows;

    /// <summary>Packets of an established connection after which it is offloaded: short ones end before that pays.</summary>
    public int OffloadAfter { get; init; } = 4;

    /// <summary>What wlc, lc, lblc and lblcr take as a server's load beside 256 per active connection.</summary>
    public OverheadRule Overhead { get; init; } = OverheadRule.Total;

    /// <summary>Name of the TUN device by which packets reach the host's own stack.</summary>
    public string HostDevice { get; init; } = "director0";

    /// <summary>Address of that device; of this host alone, never on a wire.</summary>
    public string HostAddress { get; init; } = "169.254.255.254";

    /// <summary>The only processor that worker <paramref name="number"/> runs on; null if it may run on any.</summary>
    public int? ProcessorOf(int number) =>
        ProcessorList.TryParse(Processors, out var processors) ? processors[number % processors.Count] : null;

    /// <summary>What is wrong with the values, a sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        if (Workers is < 0 or > 256) yield return Range(nameof(Workers), Workers, 0, 256);
        if (Processors.Length > 0 && !ProcessorList.TryParse(Processors, out _))
            yield return $"Datapath:{nameof(Processors)} '{Processors}' is no list of processors, such as 2,4-7";
        if (BatchFrames is < 1 or > DatapathLimits.MaxBatchFrames)
            yield return Range(nameof(BatchFrames), BatchFrames, 1, DatapathLimits.MaxBatchFrames);
        if (SpinsBeforeSleep is < 0 or > DatapathLimits.MaxSpinsBeforeSleep)
            yield return Range(nameof(SpinsBeforeSleep), SpinsBeforeSleep, 0, DatapathLimits.MaxSpinsBeforeSleep);
        var (least, most) = ((int)ControlLimits.LeastStall.TotalMilliseconds, (int)ControlLimits.LongestStall.TotalMilliseconds);
        if (ShortestStall < least || ShortestStall > most) yield return Range(nameof(ShortestStall), ShortestStall, least, most);
        if (!BitOperations.IsPow2(RingEntries) || RingEntries is < XdpLimits.MinRingEntries or > XdpLimits.MaxRingEntries)
        {
            yield return Range(nameof(RingEntries), RingEntries, XdpLimits.MinRingEntries, XdpLimits.MaxRingEntries)
                + " or no power of two";
        }

        if (Connections is < 1024 or > DatapathLimits.MaxConnections)
            yield return Range(nameof(Connections), Connections, 1024, DatapathLimits.MaxConnections);
        if (PersistenceTemplates is < 1024 or > DatapathLimits.MaxTemplates)
            yield return Range(nameof(PersistenceTemplates), PersistenceTemplates, 1024, DatapathLimits.MaxTemplates);
        if (!BitOperations.IsPow2(OffloadFlows) || OffloadFlows is < FlowLimits.MinFlows or > FlowLimits.MaxFlows)
            yield return Range(nameof(OffloadFlows), OffloadFlows, FlowLimits.MinFlows, FlowLimits.MaxFlows) + " or no power of two";
        if (OffloadAfter is < 0 or > DatapathLimits.MaxOffloadAfter)
            yield return Range(nameof(OffloadAfter), OffloadAfter, 0, DatapathLimits.MaxOffloadAfter);
        if (HostDevice.Length is 0 or > 15) yield return $"Datapath:{nameof(HostDevice)} '{HostDevice}' is not an interface name";
        if (!Net.IpAddress128.TryParse(HostAddress, out var address) || !address.IsV4)
            yield return $"Datapath:{nameof(HostAddress)} '{HostAddress}' is not an IPv4 address";
    }

    private static string Range(string name, int value, int low, int high) =>
        string.Create(CultureInfo.InvariantCulture, $"Datapath:{name} {value} is outside {low}–{high}");
}
