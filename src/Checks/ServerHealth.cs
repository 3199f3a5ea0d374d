using Director.Net;

namespace Director.Checks;

/// <summary>
/// The health of one real server: it is up exactly when all its checks are, and always if it has none (keepalived check/check_api.c,
/// update_svr_checker_state). Its checks may be other servers' too. Pure.
/// </summary>
public sealed class ServerHealth
{
    private readonly CheckSchedule[] _checks;

    private ServerHealth(CheckSchedule[] checks) => _checks = checks;

    /// <summary>Its checks, in the order of the configuration.</summary>
    public IReadOnlyList<CheckSchedule> Checks => _checks;

    /// <summary>Whether traffic may go to it.</summary>
    public bool IsUp => Array.TrueForAll(_checks, check => check.IsUp);

    /// <summary>What its checks make of its weight.</summary>
    public WeightShift Shift =>
        _checks.Aggregate(default(WeightShift), (shift, check) => check.Weight is { } weight ? shift.With(weight) : shift);

    /// <summary>A server that is new: up at once, unless a check is <see cref="CheckSettings.Alpha"/>.</summary>
    /// <param name="settings">Its checks.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="random">For the warm-ups.</param>
    /// <param name="shared">A check that goes on already for another service; null if there is none.</param>
    public static ServerHealth Start(
        IEnumerable<CheckSettings> settings, MonoTime now, Random random, Func<CheckSettings, CheckSchedule?>? shared = null) =>
        new([.. settings.Select(check => shared?.Invoke(check) ?? new(check, isUp: !check.Alpha, now, random))]);

    /// <summary>
    /// The same server after a reload. A check with equal settings goes on as it is, its schedule included, and one that tries the same on
    /// other terms keeps what it knows. A new one counts as passing, but an alpha check of a server that fails another as failing
    /// (keepalived check/check_data.c, migrate_checkers).
    /// </summary>
    /// <param name="settings">Its checks from now on.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="random">For the warm-ups of new checks.</param>
    /// <param name="shared">A check that goes on already, for this or another service; null if there is none.</param>
    public ServerHealth Replace(
        IReadOnlyList<CheckSettings> settings, MonoTime now, Random random, Func<CheckSettings, CheckSchedule?>? shared = null)
    {
        var left = _checks.ToList();
        var kept = new CheckSchedule?[settings.Count];
        for (var i = 0; i < kept.Length; i++)
        {
            var wanted = settings[i];
            kept[i] = Take(left, check => check.Settings == wanted);
            if (shared is not null) kept[i] = shared(wanted) ?? (kept[i] is { } own ? new(wanted, own, now) : null);
        }

        for (var i = 0; i < kept.Length; i++)
        {
            var wanted = settings[i];
            if (kept[i] is null && Take(left, check => check.Settings.Probe == wanted.Probe) is { } before)
                kept[i] = new(wanted, before, now);
        }

        var fails = kept.Any(check => check is { IsUp: false });
        return new([.. kept.Select((check, i) => check ?? new(settings[i], isUp: !(settings[i].Alpha && fails), now, random))]);
    }

    private static CheckSchedule? Take(List<CheckSchedule> checks, Predicate<CheckSchedule> isMeant)
    {
        var index = checks.FindIndex(isMeant);
        if (index < 0) return null;
        var check = checks[index];
        checks.RemoveAt(index);
        return check;
    }
}
