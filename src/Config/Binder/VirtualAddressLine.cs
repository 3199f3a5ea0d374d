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

    private static readonly Argument<int> Scope = new ScopeArgument();
    private static readonly Argument<int> PrefixV4 = Take.Integer(1, 32);
    private static readonly Argument<int> PrefixV6 = Take.Integer(1, 128);

    /// <summary>Words that the director does not act on yet, and how many words follow each.</summary>
    private static readonly Dictionary<string, int> NotYet = new(StringComparer.Ordinal)
    {
        ["peer"] = 1, ["home"] = 0, ["-nodad"] = 0, ["mngtmpaddr"] = 0, ["noprefixroute"] = 0, ["autojoin"] = 0, ["no_track"] = 0,
        ["preferred_lft"] = 1, ["use_vmac"] = 0, ["track_group"] = 1,
    };

    private static readonly string[] Options = ["dev", "brd", "broadcast", "scope", "label", .. NotYet.Keys];

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
            if (BindOption(option, draft, reader)) continue;
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

    private static bool BindOption(Word option, VirtualAddressDraft draft, ArgumentReader reader)
    {
        switch (option.Text)
        {
            case "dev":
                if (!reader.TryTake(Take.Interface, out var device)) return false;
                draft.Interface = device;
                return true;
            case "label":
                if (!reader.TryTake(Take.Interface, out var label)) return false;
                draft.Label = label;
                return true;
            case "scope":
                if (!reader.TryTake(Scope, out var scope)) return false;
                draft.Scope = scope;
                return true;
            case "brd" or "broadcast":
                return BindBroadcast(draft, reader);
        }

        if (NotYet.TryGetValue(option.Text, out var arguments))
        {
            for (; arguments > 0; arguments--) reader.Take();
            reader.Diagnostics.Warning(DiagnosticCode.NotSupported, option, $"'{option.Text}' is not supported yet: it is ignored");
            return true;
        }

        var near = Nearness.Nearest(option.Text, Options);
        reader.Diagnostics.Error(DiagnosticCode.InvalidValue, option, $"{Printable.Quote(option.Text)} means nothing after an address",
            near is null ? "one address a line" : $"did you mean '{near}'?");
        return false;
    }

    private static bool BindBroadcast(VirtualAddressDraft draft, ArgumentReader reader)
    {
        switch (reader.Peek()?.Text)
        {
            case "-":
                reader.Take();
                return true;
            case "+" when draft.Address.IsV4:
                reader.Take();
                var hostBits = draft.PrefixLength == 32 ? 0 : uint.MaxValue >> draft.PrefixLength;
                draft.Broadcast = IpAddress128.FromV4(draft.Address.V4 | hostBits);
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
