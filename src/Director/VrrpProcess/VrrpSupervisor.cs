using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Vrrp;

namespace Director.VrrpProcess;

/// <summary>
/// The main process's side of the VRRP process: starts it, tells it what to do and that we make progress, hears its reports, and starts it
/// again if it ends. The child is started in the network namespace of the thread that calls <see cref="Start"/>. Safe from any thread.
/// </summary>
internal sealed class VrrpSupervisor : IAsyncDisposable
{
    private const long Answered = long.MaxValue;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly VrrpCommand _command;
    private readonly Channel<VrrpReport> _reports = Channel.CreateBounded<VrrpReport>(ControlLimits.Reports);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly byte[] _buffer = new byte[ControlLimits.MessageSize];
    private Thread? _thread;
    private readonly Dictionary<TrackerKey, TrackerStatus> _trackers = [];
    private VrrpProcessSettings _settings = new();
    private ControlSocket? _control;
    private Process? _child;
    private long _askedAt = Answered;

    /// <summary>A supervisor that has started nothing.</summary>
    public VrrpSupervisor(VrrpCommand command) => _command = command;

    /// <summary>
    /// What the VRRP process tells, in order. Must be read: it waits when <see cref="ControlLimits.Reports"/> are unread.
    /// </summary>
    public ChannelReader<VrrpReport> Reports => _reports.Reader;

    /// <summary>Starts the process; returns at once. Once only.</summary>
    public void Start(VrrpProcessSettings settings)
    {
        _settings = settings;
        _thread = new Thread(Supervise) { IsBackground = true, Name = "vrrp supervisor" };
        _thread.Start();
    }

    /// <summary>
    /// Says until when the main process has served its traffic. To be called as often as <see cref="StallPatience.HeartbeatsOf"/> has it;
    /// when the instant lies an advert interval back, or <see cref="ControlLimits.LongestStall"/>, virtual routers resign until it comes
    /// nearer again. Allocates nothing.
    /// </summary>
    /// <param name="served">The instant.</param>
    /// <param name="shortestStall">What is no stall yet, however short the intervals of adverts are.</param>
    public void Heartbeat(MonoTime served, TimeSpan shortestStall)
    {
        lock (_gate) _control?.TrySend(ControlCodec.WriteHeartbeat(_buffer, served, shortestStall));
    }

    /// <summary>
    /// Asks for a <see cref="VrrpCountersReport"/> of every instance. A process that was well and leaves this unanswered for
    /// <see cref="ControlLimits.ChildSilence"/> hangs: it is killed, and its successor removes the VIPs, which the peer may have by now.
    /// </summary>
    public void RequestCounters()
    {
        Interlocked.CompareExchange(ref _askedAt, Stopwatch.GetTimestamp(), Answered);
        Send(ControlKind.CountersRequest);
    }

    /// <summary>
    /// Says how something is that the settings track, now or after the next <see cref="Reload"/>. Always arrives: a process that takes
    /// nothing any more is started again, and every one that starts is told all.
    /// </summary>
    public void SetTracker(TrackerKey key, TrackerStatus status)
    {
        lock (_gate)
        {
            _trackers[key] = status;
            if (_control is not null && !SendPatiently(_control, ControlCodec.WriteTracker(_buffer, key, status))) KillChild();
        }
    }

    /// <summary>
    /// Puts other settings in force. Routers that stay keep their state. False if the process does not take them: it hangs, and is started
    /// again with those before. One that is just being started again begins with the new ones.
    /// </summary>
    public bool Reload(VrrpProcessSettings settings)
    {
        lock (_gate)
        {
            var (before, trackers) = (_settings, _trackers.ToList());
            _settings = settings;
            ForgetUntracked();
            if (_control is null || TryConfigure(_control)) return true;
            _settings = before;
            foreach (var (key, status) in trackers) _trackers[key] = status;
            KillChild();
            return false;
        }
    }

    /// <summary>
    /// Has every master resign and the process end; kills it if that takes longer than <see cref="ControlLimits.StopPatience"/>. The
    /// reports end with this.
    /// </summary>
    public async Task StopAsync()
    {
        if (_thread is null || _stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        Send(ControlKind.Stop);
        var thread = _thread;
        var patience = ControlLimits.StopPatience;
        if (await Task.Run(() => thread.Join(patience)).ConfigureAwait(false)) return;
        lock (_gate) KillChild();
        await Task.Run(thread.Join).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void Supervise()
    {
        var wait = TimeSpan.Zero;
        while (!_stopping.IsCancellationRequested)
        {
            if (wait > TimeSpan.Zero && _stopping.Token.WaitHandle.WaitOne(wait)) break;
            var started = Stopwatch.StartNew();
            var asked = RunOnce();
            // At once after a crash, so that what it left is cleaned; more slowly if that does not help, or if somebody wanted it to end.
            wait = asked ? TimeSpan.FromSeconds(1) : NextWait(wait, started.Elapsed);
        }

        _reports.Writer.Complete();
    }

    private static TimeSpan NextWait(TimeSpan wait, TimeSpan ran)
    {
        if (ran >= ControlLimits.RestartReset) return TimeSpan.Zero;
        if (wait == TimeSpan.Zero) return TimeSpan.FromSeconds(1);
        return wait * 2 < ControlLimits.RestartBackOff ? wait * 2 : ControlLimits.RestartBackOff;
    }

    /// <summary>Runs a process from start to end; returns whether it ended because it was asked to.</summary>
    private bool RunOnce()
    {
        var (mine, theirs) = ControlSocket.CreatePair();
        using (mine)
        {
            Process child;
            try
            {
                using (theirs) child = Launch(_command, theirs);
            }
            catch (Win32Exception refusal)
            {
                Report(new VrrpProcessReport(0, false, $"cannot start the VRRP process {_command.FileName}: {refusal.Message}"));
                return false;
            }

            using (child)
            {
                Report(new VrrpProcessReport(child.Id, true,
                    string.Create(CultureInfo.InvariantCulture, $"VRRP process {child.Id} started")));
                lock (_gate)
                {
                    (_child, _control) = (child, mine);
                    if (!TryConfigure(mine)) KillChild();
                    else if (_stopping.IsCancellationRequested) mine.TrySend(ControlCodec.WriteBare(_buffer, ControlKind.Stop));
                }

                Read(mine, child);
                child.WaitForExit();
                lock (_gate) (_child, _control) = (null, null);
                Report(new VrrpProcessReport(child.Id, false, EndOf(child)));
                return child.ExitCode == ExitCodes.Success;
            }
        }
    }

    /// <summary>Starts the process with its end of the wire, which the caller closes.</summary>
    internal static Process Launch(VrrpCommand command, ControlSocket theirs)
    {
        var start = new ProcessStartInfo(command.FileName) { UseShellExecute = false };
        foreach (var argument in command.Arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(VrrpCommand.Verb);
        start.ArgumentList.Add(VrrpCommand.ControlOption);
        start.ArgumentList.Add(theirs.Handle.ToString(CultureInfo.InvariantCulture));
        // A heap so small and young that it is hardly ever collected, by the thread itself; everything compiled once, before it is needed,
        // as a compiler's thread of ordinary priority would hold up one of real-time priority; no debugger's or profiler's threads.
        // The sizes are hexadecimal: 16 MB and 128 MB.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_GCgen0size"] = "1000000";
        start.Environment["DOTNET_GCHeapHardLimit"] = "8000000";
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        theirs.SetInheritable(true);
        return Process.Start(start)!;
    }

    /// <summary>
    /// Hears the process to its end. That is the end of the wire; but a program that was started in the same instant may have inherited the
    /// process's side and hold it open, so the process itself is looked at too.
    /// </summary>
    private void Read(ControlSocket mine, Process child)
    {
        var room = new byte[ControlLimits.MessageSize];
        var (hasExited, wasWell) = (false, false);
        Volatile.Write(ref _askedAt, Answered);
        while (true)
        {
            // Before the message is looked for: an answer that had come by then is heard before the silence is believed.
            var now = Stopwatch.GetTimestamp();
            switch (mine.TryReceive(room, out var length, out _))
            {
                case ControlReceipt.Message:
                    wasWell = true;
                    Volatile.Write(ref _askedAt, Answered);
                    Take(room.AsSpan(0, length));
                    break;
                case ControlReceipt.Nothing when !hasExited:
                    if (wasWell && IsSilent(now)) EndHung(child);
                    mine.Wait(BetweenLooks);
                    hasExited = child.HasExited;
                    break;
                default:
                    return;
            }
        }
    }

    private bool IsSilent(long now) =>
        Volatile.Read(ref _askedAt) is var asked && asked < now && Stopwatch.GetElapsedTime(asked, now) > ControlLimits.ChildSilence;

    private void EndHung(Process child)
    {
        Volatile.Write(ref _askedAt, Answered);
        var silence = ControlLimits.ChildSilence.TotalSeconds;
        Report(new VrrpLineReport(true,
            string.Create(CultureInfo.InvariantCulture, $"VRRP process {child.Id} has not answered for {silence} s: it is killed")));
        lock (_gate) KillChild();
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        if (!ControlReader.TryRead(message, out var kind, out var reader)) return;
        switch (kind)
        {
            case ControlKind.State when ControlCodec.TryReadState(ref reader, out var state): Report(state); break;
            case ControlKind.Line when ControlCodec.TryReadLine(ref reader, out var line): Report(line); break;
            case ControlKind.Counters when ControlCodec.TryReadCounters(ref reader, out var counters): Report(counters); break;
            case ControlKind.BfdStanding when ControlCodec.TryReadBfdStanding(ref reader, out var standing): Report(standing); break;
            case ControlKind.GroupState when ControlCodec.TryReadGroupState(ref reader, out var group): Report(group); break;
            case ControlKind.Notice when ControlCodec.TryReadNotice(ref reader, out var notice): Report(notice); break;
        }
    }

    /// <summary>Waits for room, so that no state is lost; but nobody may read any more once we stop.</summary>
    private void Report(VrrpReport report)
    {
        if (_reports.Writer.TryWrite(report)) return;
        try
        {
            _reports.Writer.WriteAsync(report, _stopping.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // The last reports of a process that resigns while main has stopped listening.
        }
    }

    private void Send(ControlKind kind)
    {
        lock (_gate) _control?.TrySend(ControlCodec.WriteBare(_buffer, kind));
    }

    private bool TryConfigure(ControlSocket control)
    {
        var settings = _settings;
        int?[] maps = [settings.VipMap, settings.Epoch];
        int[] descriptors = [.. maps.OfType<int>(), .. settings.SteeringLinks];
        var steering = ControlCodec.WriteSteering(_buffer, settings.VipMap is not null, settings.Epoch is not null);
        if (!SendPatiently(control, steering, descriptors)) return false;
        if (!SendPatiently(control, ControlCodec.WriteScheduling(_buffer, settings.Scheduling))) return false;
        if (!SendPatiently(control, ControlCodec.WriteHost(_buffer, settings.Host))) return false;
        if (!SendPaths(control, settings.Host.Routes, settings.Host.Rules)) return false;
        foreach (var instance in settings.Instances)
        {
            if (!SendPatiently(control, ControlCodec.WriteInstance(_buffer, instance))) return false;
            if (!SendPatiently(control, ControlCodec.WriteOwnership(_buffer, instance))) return false;
            if (!SendPaths(control, instance.Routes, instance.Rules)) return false;
        }

        foreach (var session in settings.BfdSessions)
        {
            if (!SendPatiently(control, ControlCodec.WriteBfdSession(_buffer, session))) return false;
        }

        foreach (var group in settings.SyncGroups)
        {
            if (!SendPatiently(control, ControlCodec.WriteSyncGroup(_buffer, group))) return false;
        }

        foreach (var (key, status) in _trackers)
        {
            if (!SendPatiently(control, ControlCodec.WriteTracker(_buffer, key, status))) return false;
        }

        foreach (var some in settings.StaticAddresses.Chunk(ControlLimits.StaticAddressesPerMessage))
        {
            if (!SendPatiently(control, ControlCodec.WriteStaticAddresses(_buffer, some))) return false;
        }

        return SendPatiently(control, ControlCodec.WriteBare(_buffer, ControlKind.Commit));
    }

    private bool SendPaths(ControlSocket control, IReadOnlyList<VirtualRoute> routes, IReadOnlyList<VirtualRule> rules)
    {
        foreach (var route in routes)
        {
            if (!SendPatiently(control, ControlCodec.WriteRoute(_buffer, route))) return false;
        }

        foreach (var rule in rules)
        {
            if (!SendPatiently(control, ControlCodec.WriteRule(_buffer, rule))) return false;
        }

        return true;
    }

    private void ForgetUntracked()
    {
        var tracked = _settings.Instances.SelectMany(instance => instance.Tracked)
            .Concat(_settings.SyncGroups.SelectMany(group => group.Tracked)).Select(track => track.Key).ToHashSet();
        foreach (var key in _trackers.Keys)
        {
            if (!tracked.Contains(key)) _trackers.Remove(key);
        }
    }

    /// <summary>A large configuration fills the socket faster than a process that is just starting empties it.</summary>
    private static bool SendPatiently(ControlSocket control, ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors = default)
    {
        for (var waited = Stopwatch.StartNew(); !control.TrySend(message, descriptors);)
        {
            var left = ControlLimits.StartPatience - waited.Elapsed;
            if (left <= TimeSpan.Zero) return false;
            control.WaitToSend(left);
        }

        return true;
    }

    private void KillChild()
    {
        try
        {
            _child?.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    private static string EndOf(Process child) => child.ExitCode == ExitCodes.Success
        ? string.Create(CultureInfo.InvariantCulture, $"VRRP process {child.Id} ended")
        : string.Create(CultureInfo.InvariantCulture, $"VRRP process {child.Id} died with {child.ExitCode}");
}
