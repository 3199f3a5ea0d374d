using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>
/// Binds <c>static_ipaddress</c>, <c>static_routes</c> and <c>static_rules</c> to instances: what is taken away is set again, and as it
/// cannot be without its interface, the instances need that (keepalived.conf(5), <c>track_group</c>).
/// </summary>
internal sealed class TrackGroupCompletion(RootDraft root, DiagnosticSink diagnostics)
{
    /// <summary>The instances with the interfaces that they need besides their own.</summary>
    public IReadOnlyList<VrrpInstanceConfig> Complete(IReadOnlyList<VrrpInstanceConfig> instances)
    {
        var needed = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tracked in AllTracked())
        {
            if (!root.TrackGroups.TryGetValue(tracked.Group.Text, out var group))
            {
                diagnostics.Warning(DiagnosticCode.InvalidValue, tracked.Group,
                    $"there is no track_group {Printable.Quote(tracked.Group.Text)}: no instance is bound to this",
                    Near(tracked.Group));
                continue;
            }

            used.Add(tracked.Group.Text);
            if (tracked.Interface is not { } name)
            {
                diagnostics.Warning(DiagnosticCode.Conflict, tracked.Group,
                    "'track_group' has no effect without 'dev' (of a rule: 'iif'), for this can always be set again");
                continue;
            }

            foreach (var member in group.Members)
            {
                if (!needed.TryGetValue(member.Text, out var names)) needed.Add(member.Text, names = []);
                if (!names.Contains(name)) names.Add(name);
            }
        }

        ReportGroups(instances, used);
        return [.. instances.Select(instance => instance with { NeededInterfaces = Needed(instance) })];

        List<string> Needed(VrrpInstanceConfig instance)
        {
            if (!needed.TryGetValue(instance.Name, out var names)) return [];
            if (names.Count <= ConfigLimits.MaxNeededInterfaces) return names;
            diagnostics.Error(DiagnosticCode.Limit, root.VrrpInstancesByName[instance.Name].Header.Words[1],
                $"track_group has an instance need at most {ConfigLimits.MaxNeededInterfaces} interfaces");
            return names[..ConfigLimits.MaxNeededInterfaces];
        }
    }

    private IEnumerable<TrackedStatic> AllTracked()
    {
        var device = root.Globals.DefaultInterface ?? HostCompletion.DefaultInterface;
        foreach (var address in root.StaticAddresses.Lines)
        {
            if (address.TrackGroup is { } group && IsTracked(group, (address.Options & Net.VirtualAddressOptions.Untracked) == 0))
                yield return new(group, address.Interface ?? device);
        }

        foreach (var tracked in root.StaticRoutes.Tracked.Concat(root.StaticRules.Tracked)) yield return tracked;
    }

    private bool IsTracked(Word group, bool isTracked)
    {
        if (!isTracked) diagnostics.Warning(DiagnosticCode.Conflict, group, "'track_group' has no effect beside 'no_track'");
        return isTracked;
    }

    private void ReportGroups(IReadOnlyList<VrrpInstanceConfig> instances, HashSet<string> used)
    {
        var run = instances.Select(instance => instance.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, group) in root.TrackGroups)
        {
            foreach (var member in group.Members.Where(member => !run.Contains(member.Text)))
            {
                var why = root.VrrpInstancesByName.ContainsKey(member.Text) ? "is not run" : "does not exist";
                diagnostics.Warning(DiagnosticCode.InvalidValue, member, $"vrrp_instance {Printable.Quote(member.Text)} {why}");
            }

            if (!used.Contains(name))
                diagnostics.Warning(DiagnosticCode.Unused, group.Header.Words[1], $"no static names track_group {Printable.Quote(name)}");
            else if (group.Members.Count == 0)
                diagnostics.Warning(DiagnosticCode.Unused, group.Header.Words[1], $"track_group {Printable.Quote(name)} has no instance");
        }
    }

    private string? Near(Word word) =>
        Nearness.Nearest(word.Text, root.TrackGroups.Keys) is { } near && near != word.Text ? $"did you mean '{near}'?" : null;
}
