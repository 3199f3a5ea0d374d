using System.Globalization;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// Resolves what instances and sync groups track, and completes the trackers that are; what is not defined is not tracked, as in
/// keepalived, and said.
/// </summary>
internal sealed class TrackingCompletion(RootDraft root, IReadOnlyList<VirtualServerConfig> virtualServers, DiagnosticSink diagnostics)
{
    private const int DefaultFileWeight = 1;

    private readonly HashSet<(TrackedKind Kind, string Name)> _used = [];

    /// <summary>The instances with what they track and whom they tell.</summary>
    public IReadOnlyList<VrrpInstanceConfig> Instances(IReadOnlyList<VrrpInstanceConfig> instances) =>
    [
        .. instances.Select(instance =>
        {
            var draft = root.VrrpInstancesByName[instance.Name];
            if (draft.Notify.SmtpAlert == true && !root.Globals.Notify.Mail.IsUsable)
            {
                diagnostics.Warning(DiagnosticCode.MailWithoutServer, draft.Header.Words[1],
                    $"smtp_alert of {Printable.Quote(draft.Name)} has no effect without smtp_server and notification_email in global_defs");
            }

            return instance with { Tracks = Tracks(draft.Tracks), Notify = draft.Notify.Complete(root.Globals.Notify) };
        }),
    ];

    /// <summary>The sync groups that have members.</summary>
    public IReadOnlyList<SyncGroupConfig> SyncGroups(IReadOnlyList<VrrpInstanceConfig> instances)
    {
        var names = instances.Select(instance => instance.Name).ToHashSet();
        var taken = new Dictionary<string, SyncGroupDraft>();
        List<SyncGroupConfig> groups = [];
        foreach (var draft in root.SyncGroups.Values)
        {
            var members = Members(draft, names, taken);
            var tracks = Tracks(draft.Tracks);
            if (members.Count == 0)
            {
                diagnostics.Warning(
                    DiagnosticCode.Unused, draft.Header.Words[1], $"{Name(draft)} has no member that is run: it is ignored");
                continue;
            }

            if (members.Count == 1)
            {
                diagnostics.Warning(
                    DiagnosticCode.SingleMember, draft.Header.Words[1], $"{Name(draft)} has one member only: nothing is in step with it");
            }

            groups.Add(new(draft.Name, members, draft.Header.Keyword.Location)
            {
                Tracks = tracks,
                AllowsMemberWeights = draft.AllowsMemberWeights,
                Notify = draft.Notify.Complete(root.Globals.Notify),
            });
        }

        return groups;
    }

    /// <summary>The scripts that are tracked. After <see cref="Instances"/> and <see cref="SyncGroups"/>, as are the others.</summary>
    public IReadOnlyList<VrrpScriptConfig> Scripts() =>
    [
        .. from draft in root.Scripts.Values
           let script = draft.Script
           where script is not null && IsUsed(TrackedKind.Script, draft.Name, draft.Header.Words[1])
           let interval = draft.Interval ?? TimeSpan.FromSeconds(1)
           select new VrrpScriptConfig(draft.Name,
               draft.User is null ? script : script with { User = draft.User, Group = draft.Group },
               interval,
               draft.Timeout is { } timeout && timeout > TimeSpan.Zero ? timeout : interval,
               draft.Rise ?? 1, draft.Fall ?? 1, draft.StartsFailed, draft.Header.Keyword.Location),
    ];

    /// <summary>The files that are tracked.</summary>
    public IReadOnlyList<TrackFileConfig> Files()
    {
        foreach (var check in root.VirtualServers.SelectMany(service => service.RealServers)
            .SelectMany(server => server.Checks).OfType<FileCheckDraft>())
            CheckName(check);
        return CompleteFiles();
    }

    private TrackFileConfig[] CompleteFiles() =>
    [
        .. from draft in root.TrackFiles.Values
           let path = draft.Path
           where path is not null && IsUsed(TrackedKind.File, draft.Name, draft.Header.Words[1])
           select new TrackFileConfig(draft.Name, path, draft.InitialValue, draft.Overwrites, draft.Header.Keyword.Location)
           {
               Weight = draft.Weight.Value ?? DefaultFileWeight,
               IsReversed = draft.Weight.IsReversed,
           },
    ];

    /// <summary>The processes that are tracked.</summary>
    public IReadOnlyList<TrackProcessConfig> Processes() =>
    [
        .. from draft in root.TrackProcesses.Values
           let process = draft.Process
           where process is not null && IsUsed(TrackedKind.Process, draft.Name, draft.Header.Words[1])
           select Complete(draft, process),
    ];

    /// <summary>A check that were left out would have its server be up for good.</summary>
    private void CheckName(FileCheckDraft check)
    {
        if (check.Name is not { } word) return;
        _used.Add((TrackedKind.File, word.Text));
        if (root.TrackFiles.ContainsKey(word.Text)) return;
        diagnostics.Error(DiagnosticCode.InvalidValue, word, $"there is no track_file {Printable.Quote(word.Text)}",
            Near(word, root.TrackFiles.Keys));
    }

    private static string Name(SyncGroupDraft draft) => $"vrrp_sync_group {Printable.Quote(draft.Name)}";

    private TrackProcessConfig Complete(TrackProcessDraft draft, string process)
    {
        var (quorum, most) = (draft.Quorum ?? 1, draft.QuorumMax ?? int.MaxValue);
        if (most < quorum)
        {
            diagnostics.Error(DiagnosticCode.Conflict, draft.Header.Words[1], string.Create(CultureInfo.InvariantCulture,
                $"quorum_max {most} of vrrp_track_process {Printable.Quote(draft.Name)} is below its quorum {quorum}"));
        }

        // Without parameters a param_match means that there must be none.
        var match = draft.ParameterMatch is null && draft.Parameters.Count == 0 ? ParameterMatchConfig.None
            : draft.Parameters.Count == 0 ? ParameterMatchConfig.Exact
            : draft.ParameterMatch ?? ParameterMatchConfig.Exact;
        return new(draft.Name, process, draft.Parameters, match, draft.IsFullCommand, quorum, most, draft.ForkDelay ?? TimeSpan.Zero,
            draft.TerminateDelay ?? TimeSpan.Zero, draft.Header.Keyword.Location);
    }

    private bool IsUsed(TrackedKind kind, string name, Word word)
    {
        if (_used.Contains((kind, name))) return true;
        diagnostics.Warning(DiagnosticCode.UnusedTracker, word, $"nothing tracks {Printable.Quote(name)}: it is not looked at");
        return false;
    }

    private List<string> Members(SyncGroupDraft draft, HashSet<string> instances, Dictionary<string, SyncGroupDraft> taken)
    {
        List<string> members = [];
        foreach (var word in draft.Members)
        {
            if (!instances.Contains(word.Text))
            {
                var why = root.VrrpInstancesByName.ContainsKey(word.Text) ? "is not run" : "does not exist";
                diagnostics.Warning(DiagnosticCode.UnknownName, word, $"vrrp_instance {Printable.Quote(word.Text)} {why}: it is no member",
                    Near(word, root.VrrpInstancesByName.Keys));
            }
            else if (taken.TryAdd(word.Text, draft))
            {
                members.Add(word.Text);
            }
            else
            {
                diagnostics.Warning(DiagnosticCode.Duplicate, word,
                    $"{Printable.Quote(word.Text)} is a member of {Name(taken[word.Text])} already: it is none of this one",
                    related: RelatedPlace.First(taken[word.Text].Members.Find(member => member.Text == word.Text)!.Location));
            }
        }

        return members;
    }

    private List<TrackConfig> Tracks(IReadOnlyList<TrackDraft> drafts)
    {
        List<TrackConfig> tracks = [];
        foreach (var draft in drafts)
        {
            if (Resolve(draft) is not { } track) continue;
            var first = tracks.Find(other => (other.Kind, other.Name) == (track.Kind, track.Name));
            if (first is null)
            {
                tracks.Add(track);
                _used.Add((track.Kind, track.Name));
                continue;
            }

            diagnostics.Warning(DiagnosticCode.Duplicate, draft.Name,
                $"{Printable.Quote(track.Name)} is tracked at {first.Location} already; this line is ignored",
                related: RelatedPlace.First(first.Location));
        }

        return tracks;
    }

    private TrackConfig? Resolve(TrackDraft draft)
    {
        var name = draft.Name.Text;
        switch (draft.Kind)
        {
            case TrackedKind.Script:
                return root.Scripts.TryGetValue(name, out var script)
                    ? Resolved(script.Weight.Value ?? 0, script.Weight.IsReversed)
                    : Undefined("vrrp_script", root.Scripts.Keys);
            case TrackedKind.File:
                return root.TrackFiles.TryGetValue(name, out var file)
                    ? Resolved(file.Weight.Value ?? DefaultFileWeight, file.Weight.IsReversed)
                    : Undefined("vrrp_track_file", root.TrackFiles.Keys);
            case TrackedKind.Process:
                return root.TrackProcesses.TryGetValue(name, out var process)
                    ? Resolved(process.Weight.Value ?? 0, process.Weight.IsReversed)
                    : Undefined("vrrp_track_process", root.TrackProcesses.Keys);
            case TrackedKind.VirtualServer:
                if (FindVirtualServer(draft) is not { } key) return null;
                name = key.ToString();
                return Resolved(0, false);
            case TrackedKind.Bfd:
                if (!root.BfdInstances.TryGetValue(name, out var session)) return Undefined("bfd_instance", root.BfdInstances.Keys);
                if (session.TellsVrrp) return Resolved(session.Weight ?? 0, session.IsReversed);
                diagnostics.Error(DiagnosticCode.Conflict, draft.Name,
                    $"bfd_instance {Printable.Quote(name)} says 'checker' and not 'vrrp': it tells no virtual router", "add 'vrrp' there");
                return null;
            default:
                return Resolved(0, false);
        }

        TrackConfig Resolved(int weight, bool isReversed) =>
            new(draft.Kind, name, draft.Weight ?? weight, draft.IsReversed ?? isReversed, draft.Name.Location);

        TrackConfig? Undefined(string keyword, IEnumerable<string> names)
        {
            diagnostics.Warning(DiagnosticCode.UnknownName, draft.Name,
                $"there is no {keyword} {Printable.Quote(name)}: the line is ignored", Near(draft.Name, names));
            return null;
        }
    }

    private static string? Near(Word word, IEnumerable<string> names) =>
        Nearness.Nearest(word.Text, names) is { } near && near != word.Text ? $"did you mean '{near}'?" : null;

    private ServiceKey? FindVirtualServer(TrackDraft draft)
    {
        var found = virtualServers.Where(service => IsNamed(service, draft)).ToList();
        if (found.Count == 1) return found[0].Key;
        if (found.Count > 1)
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, draft.Name,
                $"there is more than one virtual_server {draft.Endpoint}", "add TCP or UDP behind the port");
            return null;
        }

        var what = draft.Group is { } group ? $"group {Printable.Quote(group.Text)}" : draft.Endpoint.ToString();
        diagnostics.Warning(
            DiagnosticCode.UnknownName, draft.Name, $"there is no virtual_server {what} that is served: the line is ignored");
        return null;
    }

    private bool IsNamed(VirtualServerConfig service, TrackDraft draft) => draft.Group is { } group
        ? root.VirtualServers.Exists(server => server.Group?.Text == group.Text && server.Header.Keyword.Location == service.Location)
        : service.Key.Virtual == draft.Endpoint && (draft.Protocol ?? service.Key.Protocol) == service.Key.Protocol
            && !root.VirtualServers.Exists(server => server.Group is not null && server.Header.Keyword.Location == service.Location);
}
