using System.Globalization;
using Director.Config.Syntax;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>
/// A line of <c>virtual_server_group</c>: <c>IP [PORT]</c>, <c>IP-LAST [PORT]</c> with the last octet or, in hexadecimal, the last group
/// of an IPv6 address, <c>IP-IP [PORT]</c>, <c>IP/LEN [PORT]</c>, or <c>fwmark N</c> (keepalived.conf(5)).
/// </summary>
internal static class VirtualServerGroupLine
{
    public static readonly Grammar<VirtualServerGroupDraft> Grammar = new(Bind);

    private const string Expected = "an IP address, a range of them or fwmark";

    private static readonly Argument<int> Port = Take.Integer(0, ushort.MaxValue);

    private static void Bind(Statement statement, VirtualServerGroupDraft group, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics, first: 0);
        var word = reader.Take()!;
        if (word.Text == "fwmark")
        {
            FirewallMark.Refuse(diagnostics, word, "what this line is about is not served");
            return;
        }

        if (!TryParse(word.Text, out var first, out var count, out var reason))
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, word, $"{Printable.Quote(word.Text)} {reason}");
            return;
        }

        var port = 0;
        if (!reader.IsAtEnd && !reader.TryTake(Port, out port)) return;
        reader.ExpectEnd();
        group.Add(word, first, count, (ushort)port, diagnostics);
    }

    private static bool TryParse(string text, out IpAddress128 first, out int count, out string reason)
    {
        count = 1;
        reason = $"is not {Expected}";
        var mark = text.AsSpan().IndexOfAny('-', '/');
        if (mark < 0) return IpAddress128.TryParse(text, out first);
        if (!IpAddress128.TryParse(text.AsSpan(0, mark), out first)) return false;
        var rest = text[(mark + 1)..];
        return text[mark] == '-' ? TryParseRange(first, rest, out count, ref reason) : TryParseNetwork(first, rest, out count, ref reason);
    }

    private static bool TryParseRange(IpAddress128 first, string last, out int count, ref string reason)
    {
        count = 0;
        var bits = first.IsV4 ? byte.MaxValue : (ulong)ushort.MaxValue;
        var style = first.IsV4 ? NumberStyles.None : NumberStyles.AllowHexSpecifier;
        if (!IpAddress128.TryParse(last, out var end))
        {
            if (!uint.TryParse(last, style, CultureInfo.InvariantCulture, out var part) || part > bits) return false;
            end = IpAddress128.FromHalves(first.Upper, (first.Lower & ~bits) | part);
        }

        reason = "ends before it begins";
        if (end.IsV4 != first.IsV4 || end.Upper != first.Upper || end.Lower < first.Lower) return false;
        count = (int)Math.Min(end.Lower - first.Lower + 1, int.MaxValue / 2);
        return true;
    }

    private static bool TryParseNetwork(IpAddress128 first, string length, out int count, ref string reason)
    {
        count = 0;
        var size = first.Size * 8;
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits > size) return false;
        reason = "has bits set beyond its prefix length";
        if (first.Network(bits) != first) return false;
        count = size - bits >= 30 ? int.MaxValue / 2 : 1 << (size - bits);
        return true;
    }
}
