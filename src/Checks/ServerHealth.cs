using Director.Net;

namespace Director.Checks;

/// <summary>
/// The health of one real server: it is up exactly when all its checks are, and always if it has none (keepalived check/check_api.c,
/// update_svr_checker_state). Pure.
/// </summary>
public sealed class ServerHealth
{
    private readonly CheckSchedule[] _checks;

    private ServerHealth(CheckSchedule[] checks) => _checks = checks;

    /// <summary>Its checks, in the order of the configuration.</summary>
    public IReadOnlyList<CheckSchedule> Checks => _checks;

    /// <summary>Whether traffic may go to it.</summary>
    public bool IsUp => Array.TrueForAll(_checks, check => check.IsUp);

    /// <summary>A server that is new: up at once, unless a check is <see cref="CheckSettings.Alpha"/>.</summary>
    /// <param name="settings">Its checks.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="random">For the warm-ups.</param>
    public static ServerHealth Start(IEnumerable<CheckSettings> settings, MonoTime now, Random random) =>
        new([.. settings.Select(check => new CheckSchedule(check, isUp: !check.Alpha, now, random))]);

    /// <summary>
    /// The same server after a reload. A check with equal settings goes on as it is, its schedule included; a new one counts as passing,
    /// but an alpha check of a server that fails another as failing (keepalived check/check_data.c, migrate_checkers).
    /// </summary>
    /// <param name="settings">Its checks from now on.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="random">For the warm-ups of new checks.</param>
    public ServerHealth Replace(IReadOnlyList<CheckSettings> settings, MonoTime now, Random random)
    {
        var left = _checks.ToList();
        var kept = new CheckSchedule?[settings.Count];
        for (var i = 0; i < kept.Length; i++)
        {
            var index = left.FindIndex(check => check.Settings == settings[i]);
            if (index < 0) continue;
            kept[i] = left[index];
            left.RemoveAt(index);
        }

        var fails = kept.Any(check => check is { IsUp: false });
        return new([.. kept.Select((check, i) => check ?? new(settings[i], isUp: !(settings[i].Alpha && fails), now, random))]);
    }
}
