using Director.Bfd.Ports;
using Director.Bfd.Wire;
using Director.Net;

namespace Director.Bfd;

/// <summary>
/// Runs sessions on a link: <see cref="Turn"/> does all that is due, <see cref="NextDeadline"/> says when to come again. What has been
/// received is heard before a silence is believed, and our packets go out between the batches of a flood. No allocation unless a state
/// changes. One thread.
/// </summary>
public sealed class BfdRunner
{
    private readonly IBfdLink _link;
    private readonly IBfdObserver _observer;
    private readonly IMonoClock _clock;
    private readonly JitterSource _jitter;
    private readonly ReceivedPackets _packets = new();
    private readonly BfdEffects _effects = new();
    private readonly List<RunningSession> _sessions = [];
    private readonly Dictionary<uint, RunningSession> _byDiscriminator = [];
    private readonly byte[] _packet = new byte[BfdHeader.Size];

    /// <summary>A runner without sessions.</summary>
    /// <param name="link">Where they will live.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="clock">The clock of the deadlines.</param>
    /// <param name="seed">Of discriminators and jitter; another one after each start.</param>
    public BfdRunner(IBfdLink link, IBfdObserver observer, IMonoClock clock, ulong seed) =>
        (_link, _observer, _clock, _jitter) = (link, observer, clock, new(seed));

    /// <summary>The sessions it runs.</summary>
    public IReadOnlyList<BfdSession> Sessions { get; private set; } = [];

    /// <summary>Packets that are no session's: they have none to count them.</summary>
    public BfdCounters Unclaimed { get; } = new();

    /// <summary>When <see cref="Turn"/> has something to do, unless something arrives before.</summary>
    public MonoTime NextDeadline
    {
        get
        {
            var next = MonoTime.Never;
            foreach (var running in _sessions) next = MonoTime.Min(next, running.Session.NextDeadline);
            return next;
        }
    }

    /// <summary>
    /// Runs exactly these sessions from now on. One that stays keeps its state; one that is gone tells its neighbour so. The settings must
    /// have no <see cref="BfdSettings.Problem"/>, and no more than <see cref="BfdLimits.Sessions"/> are run.
    /// </summary>
    public void Configure(IReadOnlyList<BfdSettings> wanted)
    {
        for (var i = _sessions.Count - 1; i >= 0; i--)
        {
            if (!wanted.Any(settings => settings.IsSameSessionAs(_sessions[i].Session.Settings))) Remove(i);
        }

        foreach (var settings in wanted)
        {
            var running = _sessions.Find(candidate => candidate.Session.Settings.IsSameSessionAs(settings));
            if (running is not null) Reconfigure(running, settings);
            else if (_sessions.Count < BfdLimits.Sessions) Add(settings);
        }

        Sessions = [.. _sessions.Select(running => running.Session)];
    }

    /// <summary>Hears what has arrived, then lets timers run out.</summary>
    public void Turn()
    {
        var heard = 0;
        while (true)
        {
            // Read before the sockets: a silence that had lasted by then was one, once they are empty.
            var now = _clock.Now;
            var drained = HearPackets(ref heard);
            if (!drained && heard < BfdLimits.DrainedDatagrams)
            {
                TransmitDue();
                continue;
            }

            LetTimersRunOut(now);
            break;
        }
    }

    /// <summary>Tells every neighbour that its session is held down, and ends them.</summary>
    public void Shutdown()
    {
        for (var i = _sessions.Count - 1; i >= 0; i--) Remove(i);
        Sessions = [];
    }

    private bool HearPackets(ref int heard)
    {
        _packets.Clear();
        var drained = _link.Receive(_packets);
        for (var i = 0; i < _packets.Count; i++) Hear(_packets[i], _packets.OriginOf(i));
        heard += _packets.Count;
        return drained;
    }

    private void Hear(ReadOnlySpan<byte> packet, in PacketOrigin origin)
    {
        var rejection = BfdControl.TryParse(packet, out var control);
        if (rejection != BfdRejection.None)
        {
            Unclaimed.CountRejected(rejection);
            return;
        }

        if (Find(control.YourDiscriminator, origin) is not { } running)
        {
            Unclaimed.CountRejected(BfdRejection.UnknownSession);
            return;
        }

        var session = running.Session;
        rejection = CheckOf(running, control, origin);
        if (rejection != BfdRejection.None)
        {
            session.Counters.CountRejected(rejection);
            _observer.Rejected(session, rejection, origin.Source);
            return;
        }

        session.Hear(control, _clock.Now, _effects);
        Perform(running);
    }

    private static BfdRejection CheckOf(RunningSession running, in BfdControl control, in PacketOrigin origin)
    {
        // A discriminator alone proves nothing: it is in clear on the wire.
        if (!running.IsNamedBy(origin)) return BfdRejection.Address;
        if (origin.HopLimit < running.Session.Settings.LowestHopLimit) return BfdRejection.HopLimit;
        return control.IsAuthenticated ? BfdRejection.Authentication : BfdRejection.None;
    }

    private RunningSession? Find(uint discriminator, in PacketOrigin origin)
    {
        if (discriminator != 0) return _byDiscriminator.GetValueOrDefault(discriminator);
        RunningSession? found = null;
        foreach (var running in _sessions)
        {
            if (!running.IsNamedBy(origin)) continue;
            // A session of this very address before one of any.
            if (running.Session.Settings.Source is not null) return running;
            found ??= running;
        }

        return found;
    }

    private void TransmitDue()
    {
        var now = _clock.Now;
        foreach (var running in _sessions)
        {
            if (running.Session.TransmitDeadline > now) continue;
            running.Session.TransmitDue(now, _effects);
            Perform(running);
        }
    }

    private void LetTimersRunOut(MonoTime now)
    {
        foreach (var running in _sessions)
        {
            if (running.Session.NextDeadline > now) continue;
            running.Session.LetTimersRunOut(now, _effects);
            Perform(running);
        }
    }

    private void Add(BfdSettings settings)
    {
        uint discriminator;
        do discriminator = _jitter.NextDiscriminator(); while (_byDiscriminator.ContainsKey(discriminator));
        var running = new RunningSession(new(settings, discriminator, _jitter), _link.Open(settings));
        _sessions.Add(running);
        _byDiscriminator.Add(discriminator, running);
        running.Session.Start(_clock.Now, _effects);
        Perform(running);
    }

    private void Reconfigure(RunningSession running, BfdSettings settings)
    {
        if (running.Session.Settings.HopLimit != settings.HopLimit)
        {
            _link.Close(running.Endpoint);
            running.Endpoint = _link.Open(settings);
        }

        running.Session.Reconfigure(settings, _clock.Now, _effects);
        Perform(running);
    }

    private void Remove(int index)
    {
        var running = _sessions[index];
        running.Session.Shutdown(_clock.Now, _effects);
        Perform(running);
        _link.Close(running.Endpoint);
        _byDiscriminator.Remove(running.Session.LocalDiscriminator);
        _sessions.RemoveAt(index);
    }

    private void Perform(RunningSession running)
    {
        var session = running.Session;
        for (var i = 0; i < _effects.Count; i++)
        {
            ref readonly var effect = ref _effects[i];
            switch (effect.Kind)
            {
                case BfdEffectKind.Transmit: Send(running, effect.Packet); break;
                case BfdEffectKind.Report: _observer.StateChanged(session, effect); break;
            }
        }

        _effects.Clear();
    }

    private void Send(RunningSession running, in BfdControl packet)
    {
        packet.WriteTo(_packet);
        if (_link.Send(running.Endpoint, _packet))
        {
            running.Session.Counters.PacketsSent++;
            return;
        }

        running.Session.Counters.SendFailures++;
        _observer.SendFailed(running.Session);
    }
}
