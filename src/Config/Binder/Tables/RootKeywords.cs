using Director.Config.Syntax;
using Director.Net;
using Row = Director.Config.Binder.Rows<Director.Config.Binder.RootDraft>;

namespace Director.Config.Binder;

/// <summary>The outermost level of keepalived.conf(5).</summary>
internal static class RootKeywords
{
    public static readonly Grammar<RootDraft> Grammar = new(
    [
        Row.Block("global_defs", GlobalKeywords.Grammar, (root, _) => root.Globals),
        Row.Block("vrrp_instance", VrrpInstanceKeywords.Grammar, _ => true, BeginVrrpInstance),
        Row.Block("virtual_server", VirtualServerKeywords.Grammar, IsVirtualServer, BeginVirtualServer),
        Row.Block("virtual_server_group", VirtualServerGroupLine.Grammar, _ => true, BeginVirtualServerGroup),
        Row.Block("SSL", TlsClientKeywords.Grammar, (root, _) => root.Tls),
        .. VrrpAddressKeywords.Root,
        Named("vrrp_sync_group", SyncGroupKeywords.Grammar, root => root.SyncGroups, (name, header) => new SyncGroupDraft(name, header)),
        Named("vrrp_script", TrackerKeywords.Script, root => root.Scripts, (name, header) => new VrrpScriptDraft(name, header)),
        Named("vrrp_track_file", TrackerKeywords.File, root => root.TrackFiles, (name, header) => new TrackFileDraft(name, header)),
        Named("track_file", TrackerKeywords.File, root => root.TrackFiles, (name, header) => new TrackFileDraft(name, header)),
        Named("vrrp_track_process", TrackerKeywords.Process, root => root.TrackProcesses,
            (name, header) => new TrackProcessDraft(name, header)),
        Named("bfd_instance", BfdInstanceKeywords.Grammar, root => root.BfdInstances,
            (name, header) => new BfdInstanceDraft(name, header)),
        Row.Block("interface_up_down_delays", LinkDelaysLine.Grammar, (root, _) => root.LinkDelays),
        Named("track_group", TrackGroupKeywords.Grammar, root => root.TrackGroups, (_, header) => new TrackGroupDraft(header)),
        .. NotUsedKeywords.OfRoot,
        Row.Value("net_namespace", Take.Text("the name of a network namespace"), (root, name) => root.NetworkNamespace = name),
    ]);

    private static readonly Argument<string> InstanceName = Take.Text("a name");
    private static readonly Argument<string> GroupName = Take.Text("the name of a group");

    /// <summary>A block with a name that no other of its kind may have.</summary>
    private static Keyword<RootDraft> Named<TInner>(
        string keyword, Grammar<TInner> grammar, Func<RootDraft, OrderedDictionary<string, TInner>> known,
        Func<string, Statement, TInner> make)
        where TInner : class =>
        Row.Block(keyword, grammar, _ => true, (root, header) =>
        {
            if (!header.TryTake(InstanceName, out var name)) return null;
            var word = header.Last;
            header.ExpectEnd();
            var draft = make(name, header.Statement);
            if (known(root).TryAdd(name, draft)) return draft;
            header.Diagnostics.Error(DiagnosticCode.DuplicateName, word,
                $"a {keyword} {Printable.Quote(name)} stands in this file already");
            return null;
        });

    private static VrrpInstanceDraft? BeginVrrpInstance(RootDraft root, ArgumentReader header)
    {
        if (!header.TryTake(InstanceName, out var name)) return null;
        var word = header.Last;
        header.ExpectEnd();
        var draft = new VrrpInstanceDraft(name, header.Statement, root.RulePriorities);
        if (!root.VrrpInstancesByName.TryAdd(name, draft))
        {
            header.Diagnostics.Error(DiagnosticCode.DuplicateName, word,
                $"a vrrp_instance {Printable.Quote(name)} stands at {root.VrrpInstancesByName[name].Header.Keyword.Location} already",
                related: RelatedPlace.First(root.VrrpInstancesByName[name].Header.Words[1].Location));
            return null;
        }

        root.VrrpInstances.Add(draft);
        return draft;
    }

    private static bool IsVirtualServer(string text) => text is "fwmark" or "group" || IpAddress128.TryParse(text, out _);

    private static VirtualServerDraft? BeginVirtualServer(RootDraft root, ArgumentReader header)
    {
        if (header.Peek() is { Text: "fwmark" } mark)
        {
            FirewallMark.Refuse(header.Diagnostics, mark, "the virtual server is not served");
            return null;
        }

        if (header.Peek()?.Text is "group")
        {
            header.Take();
            return Add(header.TryTake(GroupName, out _) ? new VirtualServerDraft(header.Statement) { Group = header.Last } : null);
        }

        if (!header.TryTake(VirtualServerAddressArgument.Instance, out var address)) return null;
        if (header.Last.Text.AsSpan().IndexOfAny('-', '/') is > 0 and var glued)
        {
            header.Diagnostics.Warning(DiagnosticCode.ExtraWords, header.Last,
                $"{Printable.Quote(header.Last.Text[glued..])} has no effect here: the virtual server has one address, {address}",
                "more addresses are lines of a virtual_server_group");
        }

        var port = 0;
        if (!header.IsAtEnd && !header.TryTake(Take.Integer(0, ushort.MaxValue), out port)) return null;
        return Add(new VirtualServerDraft(header.Statement) { Endpoint = new(address, (ushort)port) });

        VirtualServerDraft? Add(VirtualServerDraft? draft)
        {
            if (draft is null) return null;
            header.ExpectEnd();
            root.VirtualServers.Add(draft);
            return draft;
        }
    }

    private static VirtualServerGroupDraft? BeginVirtualServerGroup(RootDraft root, ArgumentReader header)
    {
        if (!header.TryTake(GroupName, out var name)) return null;
        var word = header.Last;
        header.ExpectEnd();
        var draft = new VirtualServerGroupDraft(header.Statement);
        if (root.VirtualServerGroups.TryAdd(name, draft)) return draft;
        header.Diagnostics.Error(DiagnosticCode.DuplicateName, word,
            $"a virtual_server_group {Printable.Quote(name)} stands at {root.VirtualServerGroups[name].Header.Keyword.Location} already",
            related: RelatedPlace.First(root.VirtualServerGroups[name].Header.Words[1].Location));
        return null;
    }
}
