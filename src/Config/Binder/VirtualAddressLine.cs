using System.Globalization;
using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// A line of <c>virtual_ipaddress</c>: <c>IP[/LEN] [brd IP|+|-] [dev IF] [scope S] [label L] …</c>, in any order (keepalived.conf(5),
/// after ip-address(8)).
/// </summary>
internal static class VirtualAddressLine
{
    public static readonly Grammar<VirtualAddressesDraft> Grammar = new(Bind);

    /// <summary>Of a longer prefix no bits are left for a broadcast address.</summary>
    private const int MostNetworkBits = 30;

    private static readonly Argument<int> Scope = new ScopeArgument();
    private static readonly Argument<int> PrefixV4 = Take.Integer(1, 32);
    private static readonly Argument<int> PrefixV6 = Take.Integer(1, 128);

    private static readonly Argument<uint> PreferredSeconds = new NumberArgument(
        "a number of seconds or forever", VirtualAddressConfig.Forever - 1, ("forever", VirtualAddressConfig.Forever));

    /// <summary>The options that are a word alone, and whether IPv4 has them.</summary>
    private static readonly Dictionary<string, (VirtualAddressOptions Option, bool IsOfV4)> Words = new(StringComparer.Ordinal)
    {
        ["home"] = (VirtualAddressOptions.Home, false), ["-nodad"] = (VirtualAddressOptions.DetectsDuplicates, false),
        ["mngtmpaddr"] = (VirtualAddressOptions.ManagesTemporary, false), ["noprefixroute"] = (VirtualAddressOptions.NoPrefixRoute, true),
        ["autojoin"] = (VirtualAddressOptions.JoinsGroup, true), ["no_track"] = (VirtualAddressOptions.Untracked, true),
    };

    private static readonly string[] Options =
        ["dev", "brd", "broadcast", "scope", "label", "peer", "preferred_lft", "use_vmac", "track_group", .. Words.Keys];

    private static void Bind(Statement statement, VirtualAddressesDraft addresses, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics, first: 0);
        var word = reader.Take()!;
        if (!TryParseAddress(word, diagnostics, out var address, out var prefixLength))
        {
            addresses.HasUnreadableLines = true;
            return;
        }

        var draft = new VirtualAddressDraft(word, address, prefixLength);
        while (reader.Take() is { } option)
        {
            if (BindOption(option, draft, addresses.IsStatic, reader)) continue;
            addresses.HasUnreadableLines = true;
            return;
        }

        addresses.Lines.Add(draft);
    }

    private static bool TryParseAddress(Word word, DiagnosticSink diagnostics, out IpAddress128 address, out int prefixLength)
    {
        var slash = word.Text.IndexOf('/', StringComparison.Ordinal);
        prefixLength = 0;
        if (!IpAddress128.TryParse(slash < 0 ? word.Text : word.Text.AsSpan(0, slash), out address))
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, word,
                $"{Printable.Quote(word.Text)} is not an IP address with or without /LENGTH");
            return false;
        }

        prefixLength = address.IsV4 ? 32 : 128;
        if (slash < 0) return true;
        if ((address.IsV4 ? PrefixV4 : PrefixV6).TryParse(word.Text[(slash + 1)..], out prefixLength, out var rejection)) return true;
        diagnostics.Error(DiagnosticCode.InvalidValue, word, $"the prefix length of {Printable.Quote(word.Text)} {rejection.Reason}",
            rejection.Hint);
        return false;
    }

    private static bool BindOption(Word option, VirtualAddressDraft draft, bool isStatic, ArgumentReader reader)
    {
        switch (option.Text)
        {
            case "dev":
                if (!reader.TryTake(Take.Interface, out var device)) return false;
                draft.Interface = device;
                return true;
            case "label":
                if (!reader.TryTake(Take.Interface, out var label)) return false;
                if (IsOfFamily(draft, option, reader)) draft.Label = label;
                return true;
            case "scope":
                if (!reader.TryTake(Scope, out var scope)) return false;
                if (IsOfFamily(draft, option, reader)) draft.Scope = scope;
                return true;
            case "peer":
                return BindPeer(draft, reader);
            case "preferred_lft":
                if (!reader.TryTake(PreferredSeconds, out var seconds)) return false;
                draft.PreferredSeconds = seconds;
                return true;
            case "brd" or "broadcast":
                return BindBroadcast(draft, reader);
            case "track_group":
                if (!RoutingArguments.TryTakeTrackGroup(option, isStatic, reader, out var group)) return false;
                draft.TrackGroup = group;
                return true;
            case "use_vmac" when !isStatic:
                draft.UsesVmac = true;
                return true;
            case "use_vmac":
                reader.Diagnostics.Warning(DiagnosticCode.Conflict, option,
                    "'use_vmac' has no effect here: a static address belongs to no virtual router");
                return true;
        }

        if (Words.TryGetValue(option.Text, out var word))
        {
            if (word.IsOfV4 || IsOfFamily(draft, option, reader, isV4: false)) draft.Options |= word.Option;
            return true;
        }

        var near = Nearness.Nearest(option.Text, Options);
        reader.Diagnostics.Error(DiagnosticCode.InvalidValue, option, $"{Printable.Quote(option.Text)} means nothing after an address",
            near is null ? "one address a line" : $"did you mean '{near}'?");
        return false;
    }

    private static bool BindPeer(VirtualAddressDraft draft, ArgumentReader reader)
    {
        if (!reader.TryTake(Take.Text("an IP address with or without /LENGTH"), out _)) return false;
        if (!TryParseAddress(reader.Last, reader.Diagnostics, out var peer, out var length)) return false;
        if (peer.IsV4 != draft.Address.IsV4)
        {
            reader.Diagnostics.Error(DiagnosticCode.InvalidValue, reader.Last, $"{peer} is not of the family of {draft.Address}");
            return false;
        }

        draft.Peer = (peer, length);
        return true;
    }

    /// <summary>Whether an option means something for the address; says so if not.</summary>
    private static bool IsOfFamily(VirtualAddressDraft draft, Word option, ArgumentReader reader, bool isV4 = true)
    {
        if (draft.Address.IsV4 == isV4) return true;
        reader.Diagnostics.Warning(DiagnosticCode.InvalidValue, option,
            $"only {(isV4 ? "IPv4" : "IPv6")} addresses have '{option.Text}': it is ignored");
        return false;
    }

    private static bool BindBroadcast(VirtualAddressDraft draft, ArgumentReader reader)
    {
        switch (reader.Peek()?.Text)
        {
            case "+" or "-" when draft.Address.IsV4:
                var isOnes = reader.Take()!.Text == "+";
                if (draft.PrefixLength > MostNetworkBits)
                {
                    reader.Diagnostics.Warning(DiagnosticCode.InvalidValue, reader.Last,
                        $"a network of {draft.PrefixLength} bits has no broadcast address: none is set",
                        $"write {draft.Address}/LENGTH with a length up to {MostNetworkBits}");
                    return true;
                }

                var hostBits = uint.MaxValue >> draft.PrefixLength;
                draft.Broadcast = IpAddress128.FromV4(isOnes ? draft.Address.V4 | hostBits : draft.Address.V4 & ~hostBits);
                return true;
        }

        if (!reader.TryTake(Take.Address, out var broadcast)) return false;
        if (broadcast.IsV4 && draft.Address.IsV4)
        {
            draft.Broadcast = broadcast;
            return true;
        }

        reader.Diagnostics.Error(DiagnosticCode.InvalidValue, reader.Last, "only IPv4 has broadcast addresses");
        return false;
    }

    /// <summary>A scope by the names of ip-address(8) and /etc/iproute2/rt_scopes, or by number.</summary>
    private sealed class ScopeArgument : Argument<int>
    {
        public override string Expected => "a scope: global, site, link, host, nowhere or a number up to 255";

        public override bool TryParse(string text, out int value, out Rejection rejection)
        {
            rejection = new($"is not {Expected}");
            value = text switch { "global" => 0, "site" => 200, "link" => 253, "host" => 254, "nowhere" => 255, _ => -1 };
            return value >= 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= byte.MaxValue);
        }
    }
}
