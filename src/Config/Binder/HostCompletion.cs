using System.Globalization;

namespace Director.Config.Binder;

/// <summary>Puts together what concerns the host and no instance.</summary>
internal static class HostCompletion
{
    /// <summary>The interface of static addresses that name none, as keepalived has it.</summary>
    public const string DefaultInterface = "eth0";

    public static HostConfig Complete(RootDraft root, IReadOnlyList<VrrpInstanceConfig> instances, DiagnosticSink diagnostics)
    {
        var device = root.Globals.DefaultInterface ?? DefaultInterface;
        return new()
        {
            Addresses = [.. root.StaticAddresses.Lines.Select(address => address.Complete(device))],
            Routes = root.StaticRoutes.Lines,
            Rules = root.StaticRules.Lines,
            ArpInterval = root.Globals.ArpInterval,
            NeighbourInterval = root.Globals.NeighbourInterval,
            DisablesLocalIgmp = root.Globals.DisablesLocalIgmp,
            LinkDelays = [.. Delays(root, instances, diagnostics)],
            GarpGroups = [.. Groups(root, diagnostics)],
        };
    }

    /// <summary>
    /// A master that has lost its interface is not to keep its addresses for longer than a backup waits for it, at its shortest skew; as in
    /// keepalived.
    /// </summary>
    private static IEnumerable<LinkDelaysConfig> Delays(
        RootDraft root, IReadOnlyList<VrrpInstanceConfig> instances, DiagnosticSink diagnostics)
    {
        if (root.LinkDelays.Count > ConfigLimits.MaxLinkDelays)
        {
            diagnostics.Error(DiagnosticCode.Limit, root.LinkDelays[ConfigLimits.MaxLinkDelays].Word,
                $"at most {ConfigLimits.MaxLinkDelays} interfaces have delays");
        }

        foreach (var line in root.LinkDelays.Take(ConfigLimits.MaxLinkDelays))
        {
            var down = line.Down;
            foreach (var instance in instances.Where(instance => instance.Interface == line.Word.Text))
            {
                var most = (instance.AdvertInterval * (instance.Election.DownTimerAdverts - 1)) - (instance.AdvertInterval / 256);
                if (most < TimeSpan.Zero) most = TimeSpan.Zero;
                if (down <= most) continue;
                down = most;
                diagnostics.Warning(DiagnosticCode.Conflict, line.Word, string.Create(CultureInfo.InvariantCulture,
                    $"a backup of {Printable.Quote(instance.Name)} would take over before {line.Down.TotalSeconds} s: ") +
                    string.Create(CultureInfo.InvariantCulture, $"the delay is {down.TotalSeconds:0.######} s"),
                    "a delay of less than down_timer_adverts - 1 times advert_int");
            }

            yield return new(line.Word.Text, down, line.Up);
        }
    }

    private static IEnumerable<GarpGroupConfig> Groups(RootDraft root, DiagnosticSink diagnostics)
    {
        var seen = new Dictionary<string, GarpGroupDraft>(StringComparer.Ordinal);
        foreach (var group in root.GarpGroups)
        {
            foreach (var name in group.Interfaces.ToArray())
            {
                if (seen.TryAdd(name, group)) continue;
                group.Interfaces.Remove(name);
                diagnostics.Error(DiagnosticCode.Duplicate, group.Header,
                    $"{Printable.Quote(name)} is in the garp_group at {seen[name].Header.Location} already");
            }

            if (group.Interfaces.Count == 0)
            {
                diagnostics.Warning(DiagnosticCode.Unused, group.Header, "the garp_group has no interface: it is ignored");
                continue;
            }

            yield return new(group.Interfaces, group.ArpInterval ?? root.Globals.ArpInterval,
                group.NeighbourInterval ?? root.Globals.NeighbourInterval);
        }
    }
}
