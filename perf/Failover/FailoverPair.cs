using Director.Lab.Namespaces;
using Director.Perf.Routers;
using Director.Perf.Routers.Peers;
using Director.Perf.Routers.Wire;

namespace Director.Perf.Failover;

/// <summary>
/// Two routers of the same program and priority on a switch of their own, and a client. Whichever is master ends, the other succeeds it,
/// and the first returns as its backup: the next round is the other's.
/// </summary>
internal sealed class FailoverPair : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);
    private readonly VrrpLan _lan = new();
    private readonly ProbeClient _client;
    private readonly FailoverCell _cell;
    private Peer _master;
    private Peer _backup;

    private FailoverPair(FailoverCell cell, Func<NetworkNamespace, string, Peer> make)
    {
        _cell = cell;
        (_master, _backup) = (make(_lan.A, _lan.Directory), make(_lan.B, _lan.Directory));
        _client = new ProbeClient(_lan.Client, VrrpLan.Vip);
    }

    /// <summary>Builds the network; both run when this returns, one as master.</summary>
    public static async Task<FailoverPair> StartAsync(
        FailoverCell cell, Func<NetworkNamespace, string, Peer> make, CancellationToken stop)
    {
        var pair = new FailoverPair(cell, make);
        try
        {
            await pair.JoinAsync(pair._master, stop);
            await pair.FindAsync("a first master", tap => tap.Adverts is [var one, ..] ? one : null, stop);
            await pair.ReturnAsync(stop);
            return pair;
        }
        catch
        {
            pair.Dispose();
            throw;
        }
    }

    /// <summary>The master ends, and is back as backup when this returns.</summary>
    /// <param name="phase">At what part of an interval after an advert it is to end, 0 to 1.</param>
    /// <param name="stop">Ends it before.</param>
    public async Task<FailoverRound> PlayAsync(double phase, CancellationToken stop)
    {
        var (old, heir) = (_master, _backup);
        _lan.Tap.Clear();
        await FindAsync("an advert", tap => tap.Adverts.FirstOrDefault(advert => advert.From == old.Machine.Role), stop);
        await Task.Delay(phase * _cell.Interval, stop);
        if (_cell.End == MasterEnd.Crash)
        {
            _lan.Plug(old.Machine, false);
            old.Crash();
        }
        else
        {
            old.Stop();
        }

        var first = await FindAsync($"{heir} as master", tap =>
            tap.Adverts.FirstOrDefault(advert => advert.From == heir.Machine.Role), stop);
        var told = await FindAsync($"{heir}'s announcement", tap => tap.Announcements.FirstOrDefault(
            announcement => announcement.From == heir.Machine.Role && announcement.Address.ToString() == VrrpLan.Vip), stop);
        await Task.Delay(Settling, stop);
        var last = _lan.Tap.Adverts.Last(advert => advert.From == old.Machine.Role);
        if (_cell.End == MasterEnd.Planned)
            last = _lan.Tap.Adverts.FirstOrDefault(advert => advert.From == old.Machine.Role && advert.Resigns)
                ?? throw new PerfException($"{old} ended without priority 0");
        var answers = _lan.Tap.Echoes;
        if (answers.FirstOrDefault(answer => answer.From == heir.Machine.Role) is not { From: not null } again)
            throw new PerfException($"{heir} is master and answers no client");
        // What leaves a cable that is pulled is no answer: the last one before the successor's that reached the switch.
        var before = answers.Where(answer => answer.From == old.Machine.Role && answer.At < again.At).Select(answer => answer.At).ToArray();
        if (before.Length == 0) throw new PerfException($"{old} was master and answered no client");
        (_master, _backup) = (heir, old);
        await ReturnAsync(stop);
        return new(first.At - last.At, told.At - first.At, again.At - before.Max());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _master.Dispose();
        _backup.Dispose();
        _lan.Dispose();
    }

    // The one that ended comes back as its successor's backup, and learns from it.
    private async Task ReturnAsync(CancellationToken stop)
    {
        if (!_backup.WaitForEnd(Patience)) throw new PerfException($"{_backup} did not end");
        if (_cell.End == MasterEnd.Crash)
        {
            if (_backup.Has(VrrpLan.Vip)) _backup.Machine.Ip("address", "del", $"{VrrpLan.Vip}/32", "dev", VrrpLan.Device);
            _lan.Plug(_backup.Machine, true);
        }

        await JoinAsync(_backup, stop);
        await Task.Delay(Settling + (2 * _cell.Interval), stop);
        if (_lan.Tap.Adverts[^1].From != _master.Machine.Role) throw new PerfException($"{_backup} took over without need");
    }

    private async Task JoinAsync(Peer peer, CancellationToken stop)
    {
        var since = DateTime.UtcNow;
        peer.Start(new PeerPlan(_cell.Plan));
        await FindAsync($"{peer}'s start", tap => tap.Joins.FirstOrDefault(
            join => join.From == peer.Machine.Role && join.At >= since && join.Group.ToString() == "224.0.0.18"), stop);
    }

    private async Task<T> FindAsync<T>(string what, Func<WireTap, T?> find, CancellationToken stop)
        where T : class => await _lan.Tap.FindAsync(find, Patience, stop) ?? throw new PerfException(
            $"did not come: {what}\n{string.Join('\n', _master.Lines.TakeLast(6))}\n{string.Join('\n', _backup.Lines.TakeLast(6))}");
}
