using Director.Config.Syntax;
using Director.Config.Text;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// A line of <c>virtual_rules</c> or <c>static_rules</c>: <c>[not] [from NETWORK] [to NETWORK] [table T] [priority N] …</c>, words in any
/// order (keepalived.conf(5), after ip-rule(8)).
/// </summary>
internal static class RuleLine
{
    public static readonly Grammar<RulesDraft> Grammar = new(Bind);

    private static readonly Argument<NumberRange> Ports = new RangeArgument("a port or two with a dash between", ushort.MaxValue);
    private static readonly Argument<NumberRange> Users = new RangeArgument("two user ids with a dash between", uint.MaxValue);
    private static readonly Argument<(uint Mark, uint Mask)> Mark = new MarkArgument();
    private static readonly Argument<uint> Protocol = new NumberArgument("an IP protocol: a name such as tcp, or a number up to 255",
        byte.MaxValue, ("icmp", 1), ("igmp", 2), ("ipip", 4), ("tcp", 6), ("udp", 17), ("gre", 47), ("esp", 50), ("ah", 51),
        ("ipv6-icmp", 58), ("icmpv6", 58), ("ospf", 89), ("vrrp", 112), ("sctp", 132));

    private static readonly Dictionary<string, RuleAction> Actions = new(StringComparer.Ordinal)
    {
        ["blackhole"] = RuleAction.Blackhole, ["unreachable"] = RuleAction.Unreachable, ["prohibit"] = RuleAction.Prohibit,
        ["nop"] = RuleAction.Nothing,
    };

    private static readonly string[] Options =
    [
        "not", "from", "to", "table", "lookup", "priority", "preference", "order", "fwmark", "iif", "dev", "oif", "tos", "dsfield",
        "suppress_prefixlength", "sup_pl", "suppress_ifgroup", "sup_group", "type", "realms", "tun_id", "tunnel-id",
        "l3mdev", "uidrange", "ipproto", "sport", "dport", "goto",
        "inet", "inet6", "protocol", "no_track", "track_group", .. Actions.Keys,
    ];

    private static void Bind(Statement statement, RulesDraft rules, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics, first: 0);
        var draft = new Draft();
        while (reader.Take() is { } word)
        {
            if (!TryBind(word, draft, rules, reader)) return;
        }

        var rule = draft.Rule with { IsV4 = draft.IsV4 ?? (draft.Rule.From ?? draft.Rule.To)?.IsV4 ?? true };
        if ((rule.From is { } from && from.IsV4 != rule.IsV4) || (rule.To is { } to && to.IsV4 != rule.IsV4))
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, statement.Words[0], "the addresses of a rule are of one family");
            return;
        }

        if (draft.Priority is null && rule.Action == RuleAction.GoTo)
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, statement.Words[0], "a rule with 'goto' needs a priority");
            return;
        }

        var priority = draft.Priority ?? rules.Priorities.Next(rule.IsV4);
        if (draft.Priority is null)
        {
            diagnostics.Warning(DiagnosticCode.MissingKeyword, statement.Words[0],
                $"the rule has no priority: it is given {priority}", "write 'priority', which says in which order rules are asked");
        }

        if (draft.TrackGroup is { } group)
        {
            if (rule.IsTracked) rules.Tracked.Add(new(group, rule.InputDevice));
            else diagnostics.Warning(DiagnosticCode.Conflict, group, "'track_group' has no effect beside 'no_track'");
        }

        if (rules.Lines.Count < ConfigLimits.MaxRoutes) rules.Lines.Add(rule with { Priority = priority });
        else diagnostics.Error(DiagnosticCode.Limit, statement.Words[0], $"a block has at most {ConfigLimits.MaxRoutes} rules");
    }

    private static bool TryBind(Word word, Draft draft, RulesDraft rules, ArgumentReader reader)
    {
        if (Actions.TryGetValue(word.Text, out var action)) return draft.SetAction(action, word, reader);
        switch (word.Text)
        {
            case "not": return draft.Set(rule => rule with { IsNegated = true });
            case "inet" or "inet6": return draft.SetFamily(word.Text == "inet");
            case "no_track": return draft.Set(rule => rule with { IsTracked = false });
            case "l3mdev": return draft.SetAction(RuleAction.Lookup, word, reader) && draft.Set(rule => rule with { IsOfVrf = true });
            case "from":
                return reader.TryTake(PrefixArgument.Instance, out var from)
                    && draft.Set(rule => rule with { From = from.Address, FromLength = from.Length });
            case "to":
                return reader.TryTake(PrefixArgument.Instance, out var to)
                    && draft.Set(rule => rule with { To = to.Address, ToLength = to.Length });
            case "table" or "lookup":
                return reader.TryTake(RoutingArguments.Table, out var table) && draft.SetAction(RuleAction.Lookup, word, reader)
                    && draft.Set(rule => rule with { Table = table });
            case "goto":
                return reader.TryTake(RoutingArguments.Number, out var target) && draft.SetAction(RuleAction.GoTo, word, reader)
                    && draft.Set(rule => rule with { GoTo = target });
            case "priority" or "preference" or "pref" or "order":
                return reader.TryTake(RoutingArguments.Number, out var priority) && draft.SetPriority(priority);
            case "fwmark":
                return reader.TryTake(Mark, out var mark) && draft.Set(rule => rule with { Mark = mark.Mark, MarkMask = mark.Mask });
            case "iif" or "dev":
                return reader.TryTake(Take.Interface, out var input) && draft.Set(rule => rule with { InputDevice = input });
            case "oif":
                return reader.TryTake(Take.Interface, out var output) && draft.Set(rule => rule with { OutputDevice = output });
            case "tos" or "dsfield":
                return reader.TryTake(RoutingArguments.TypeOfService, out var tos)
                    && draft.Set(rule => rule with { TypeOfService = (byte)tos });
            case "suppress_prefixlength" or "suppress_prefixlen" or "sup_pl":
                return reader.TryTake(RoutingArguments.Number, out var length)
                    && draft.Set(rule => rule with { SuppressPrefixLength = length });
            case "suppress_ifgroup" or "sup_group":
                return reader.TryTake(RoutingArguments.Number, out var group) && draft.Set(rule => rule with { SuppressGroup = group });
            case "realms":
                return RoutingArguments.TryTakeRealms(reader, out var realms) && draft.Set(rule => rule with { Realms = realms });
            case "tun_id" or "tunnel-id":
                return reader.TryTake(RoutingArguments.Number, out var tunnel) && draft.Set(rule => rule with { TunnelId = tunnel });
            case "uidrange": return reader.TryTake(Users, out var users) && draft.Set(rule => rule with { Users = users });
            case "ipproto" or "ip_proto":
                return reader.TryTake(Protocol, out var protocol) && draft.Set(rule => rule with { IpProtocol = (byte)protocol });
            case "sport": return reader.TryTake(Ports, out var sources) && draft.Set(rule => rule with { SourcePorts = sources });
            case "dport": return reader.TryTake(Ports, out var ports) && draft.Set(rule => rule with { DestinationPorts = ports });
            case "protocol":
                return reader.TryTake(RoutingArguments.Protocol, out var setBy) && draft.Set(rule => rule with { Protocol = (byte)setBy });
            // Before the word that says what the rule does.
            case "type": return true;
            case "track_group":
                if (!RoutingArguments.TryTakeTrackGroup(word, rules.IsStatic, reader, out var trackGroup)) return false;
                draft.TrackGroup = trackGroup;
                return true;
        }

        var near = Nearness.Nearest(word.Text, Options);
        reader.Diagnostics.Error(DiagnosticCode.InvalidValue, word, $"{Printable.Quote(word.Text)} means nothing in a rule",
            near is null ? "one rule a line" : $"did you mean '{near}'?");
        return false;
    }

    /// <summary>A line in the making.</summary>
    private sealed class Draft
    {
        private bool _hasAction;

        public VirtualRule Rule { get; private set; } = new(true, 0);

        public Word? TrackGroup { get; set; }

        public uint? Priority { get; private set; }

        public bool? IsV4 { get; private set; }

        public bool Set(Func<VirtualRule, VirtualRule> change)
        {
            Rule = change(Rule);
            return true;
        }

        public bool SetFamily(bool isV4)
        {
            IsV4 = isV4;
            return true;
        }

        public bool SetPriority(uint priority)
        {
            Priority = priority;
            return true;
        }

        public bool SetAction(RuleAction action, Word word, ArgumentReader reader)
        {
            if (_hasAction)
            {
                reader.Diagnostics.Error(DiagnosticCode.Conflict, word, "a rule does one thing: table, goto, nop, blackhole, " +
                    "unreachable, prohibit or l3mdev");
                return false;
            }

            _hasAction = true;
            return Set(rule => rule with { Action = action });
        }
    }

    /// <summary>A mark, and the bits of it that count: <c>MARK[/MASK]</c>.</summary>
    private sealed class MarkArgument : Argument<(uint Mark, uint Mask)>
    {
        public override string Expected => "a mark, MARK or MARK/MASK";

        public override bool TryParse(string text, out (uint Mark, uint Mask) value, out Rejection rejection)
        {
            rejection = new($"is not {Expected}");
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            var mask = uint.MaxValue;
            var isRead = NumberArgument.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var mark)
                && (slash < 0 || NumberArgument.TryParse(text.AsSpan(slash + 1), out mask));
            value = (mark, mask);
            return isRead;
        }
    }
}
