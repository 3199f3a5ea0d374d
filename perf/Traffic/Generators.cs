using Director.Linux;

namespace Director.Perf.Traffic;

/// <summary>
/// A <see cref="Generator"/> on each of the first processors, each with its share of the flows: a veth puts the frames that a processor
/// sends into the queue of its number (Linux drivers/net/veth.c, <c>veth_xdp_xmit</c>).
/// </summary>
internal sealed class Generators : IDisposable
{
    private readonly FlowRange _flows;
    private readonly IReadOnlyList<Generator> _all;

    /// <summary>Makes them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="flows">Those of all together.</param>
    /// <param name="make">Makes one for a processor.</param>
    public Generators(int count, FlowRange flows, Func<FlowRange, int, Generator> make)
    {
        _flows = flows;
        using var undo = new Undo();
        _all = [.. flows.Split(count).Select((part, processor) => undo.Add(make(part, processor)))];
        undo.Keep();
    }

    /// <summary>Frames sent since they were made.</summary>
    public long Sent => _all.Sum(generator => generator.Sent);

    /// <summary>Those of the first streams.</summary>
    public long SentFirst => _all.Sum(generator => generator.SentFirst);

    /// <summary>Sends a frame of each flow, from where it is, and returns when they are sent.</summary>
    /// <param name="perSecond">Frames a second, of all together.</param>
    public void SendRound(double perSecond)
    {
        foreach (var (generator, part) in _all.Zip(_flows.Split(_all.Count))) generator.Send(part.Count, perSecond / _all.Count);
        foreach (var generator in _all) generator.Join();
    }

    /// <summary>Begins to send, until <see cref="Stop"/>.</summary>
    /// <param name="perSecond">Frames a second, of all together; 0 for as fast as they can.</param>
    public void Start(double perSecond = 0)
    {
        foreach (var generator in _all) generator.Start(perSecond / _all.Count);
    }

    /// <summary>Has what was begun end soon, without waiting for it.</summary>
    public void Abort()
    {
        foreach (var generator in _all) generator.Abort();
    }

    /// <summary>Ends what was begun.</summary>
    public void Stop()
    {
        foreach (var generator in _all) generator.Stop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var generator in _all) generator.Dispose();
    }
}
