namespace Director.Config.Binder;

/// <summary>Puts together what concerns the host and no instance.</summary>
internal static class HostCompletion
{
    /// <summary>The interface of static addresses that name none, as keepalived has it.</summary>
    private const string DefaultInterface = "eth0";

    public static HostConfig Complete(RootDraft root, DiagnosticSink diagnostics)
    {
        var device = root.Globals.DefaultInterface ?? DefaultInterface;
        return new()
        {
            Addresses = [.. root.StaticAddresses.Lines.Select(address => address.Complete(device))],
            Routes = root.StaticRoutes.Lines,
            Rules = root.StaticRules.Lines,
            ArpInterval = root.Globals.ArpInterval,
            NeighbourInterval = root.Globals.NeighbourInterval,
            GarpGroups = [.. Groups(root, diagnostics)],
        };
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
