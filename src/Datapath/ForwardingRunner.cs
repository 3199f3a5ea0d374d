using System.Runtime.CompilerServices;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Net;

namespace Director.Datapath;

/// <summary>
/// The loop of one worker: take frames, decide them by the table of this moment, settle them. Looks for frames a while before it sleeps,
/// so that a busy link costs no system call to wake up and an idle one no processor time.
/// </summary>
public sealed class ForwardingRunner
{
    private const int PauseIterations = 16;

    private readonly PublishedTable _tables;
    private readonly IMonoClock _clock;
    private readonly FrameBatch _batch;
    private readonly long _spinsBeforeSleep;
    private IFramePort _port;
    private WorkerQuestion? _asked;
    private WorkerQuestion? _inHand;
    private long _progress;
    private long _longestSleep = OrdinarySleep.Ticks;
    private bool _stopping;

    /// <summary>
    /// Makes the loop; all parts but <paramref name="tables"/> and <paramref name="clock"/> are this worker's own. It looks at an empty
    /// port <paramref name="spinsBeforeSleep"/> times, with a pause after each, before it sleeps; if that is null it never does.
    /// </summary>
    /// <exception cref="ArgumentException">The tables are made for fewer workers than the forwarder's number needs.</exception>
    public ForwardingRunner(
        IFramePort port, Forwarder forwarder, PublishedTable tables, IMonoClock clock, int batchFrames = DatapathLimits.DefaultBatchFrames,
        int? spinsBeforeSleep = DatapathLimits.DefaultSpinsBeforeSleep)
    {
        var workers = tables.Current.Workers;
        if (forwarder.Worker >= workers)
            throw new ArgumentException($"tables for {workers} workers have no place for worker {forwarder.Worker}", nameof(tables));
        _port = port;
        Forwarder = forwarder;
        _tables = tables;
        _clock = clock;
        _batch = new(batchFrames);
        _spinsBeforeSleep = spinsBeforeSleep ?? long.MaxValue;
    }

    /// <summary>The longest sleep unless it is set otherwise: how often an idle worker ends connections, and shows progress.</summary>
    public static TimeSpan OrdinarySleep { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest sleep from the next one on. Any thread.</summary>
    public TimeSpan LongestSleep
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _longestSleep));
        set => Volatile.Write(ref _longestSleep, value.Ticks);
    }

    /// <summary>The packet path, whose counters anyone may read.</summary>
    public Forwarder Forwarder { get; }

    /// <summary>
    /// Rises with every turn of the loop. A worker whose number stands still for much longer than <see cref="LongestSleep"/> has
    /// stalled. Any thread.
    /// </summary>
    public long Progress => Volatile.Read(ref _progress);

    /// <summary>Runs until <see cref="Stop"/>, on a thread of the caller's that does nothing else.</summary>
    public void Run()
    {
        var idleTurns = 0L;
        while (!Volatile.Read(ref _stopping))
        {
            if (Turn() || _inHand is not null || Forwarder.HasMore) idleTurns = 0;
            else if (idleTurns++ < _spinsBeforeSleep) Thread.SpinWait(PauseIterations);
            else _port.Wait(LongestSleep);
        }
    }

    /// <summary>
    /// Has the worker answer <paramref name="question"/> before its next batches, at once if it sleeps. Any thread, one at a time: the next
    /// may be asked when this one has been answered or withdrawn.
    /// </summary>
    public void Ask(WorkerQuestion question)
    {
        Volatile.Write(ref _asked, question);
        _port.Wake();
    }

    /// <summary>Gives up on <paramref name="question"/>, which may be under way all the same and must not be asked again.</summary>
    public void Withdraw(WorkerQuestion question) => Interlocked.CompareExchange(ref _asked, null, question);

    /// <summary>Ends <see cref="Run"/> after the batch in hand. Any thread, once or more.</summary>
    public void Stop()
    {
        Volatile.Write(ref _stopping, true);
        _port.Wake();
    }

    /// <summary>
    /// Has the loop, which has ended, go on with another port when it is run again; connections and counts stay. Who has asked meanwhile is
    /// answered then.
    /// </summary>
    public void MoveTo(IFramePort port)
    {
        _port = port;
        Volatile.Write(ref _stopping, false);
    }

    /// <summary>One turn of the loop, which never blocks; true if there were frames.</summary>
    /// <remarks>A method by itself: of <see cref="Run"/>, which is called once, the compiler makes no more than it must.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool Turn()
    {
        Volatile.Write(ref _progress, _progress + 1);
        _batch.Clear();
        var received = _port.Receive(_batch) > 0;
        var table = _tables.Current;
        var now = _clock.Now;
        if (received)
        {
            Forwarder.Process(_batch, table, now);
            _port.Commit(_batch);
        }
        else
        {
            Forwarder.Expire(table, now);
        }

        if (_inHand is not null || Volatile.Read(ref _asked) is not null) Answer(table, now, isIdle: !received);
        return received;
    }

    private void Answer(ForwardingTable table, MonoTime now, bool isIdle)
    {
        _inHand ??= Interlocked.Exchange(ref _asked, null);
        if (_inHand is not { } question || !question.TryAnswer(Forwarder, table, now, isIdle)) return;
        _inHand = null;
        question.Answered();
    }
}
