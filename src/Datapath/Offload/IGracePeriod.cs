namespace Director.Datapath.Offload;

/// <summary>
/// When no XDP program runs any more that may have seen a flow's slot before it was closed: only then may the slot be another flow's. Any
/// thread; no call blocks.
/// </summary>
public interface IGracePeriod
{
    /// <summary>Asks for a period that begins now or later, and returns its number.</summary>
    long Request();

    /// <summary>Whether the period of that number, and so each before it, is over.</summary>
    bool HasPassed(long number);
}
