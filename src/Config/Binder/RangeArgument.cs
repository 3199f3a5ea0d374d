using System.Globalization;
using Director.Net;

namespace Director.Config.Binder;

/// <summary>One number or two with a dash between, up to a highest.</summary>
internal sealed class RangeArgument(string expected, uint highest) : Argument<NumberRange>
{
    public override string Expected => expected;

    public override bool TryParse(string text, out NumberRange value, out Rejection rejection)
    {
        value = default;
        rejection = new($"is not {Expected}");
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!TryParse(dash < 0 ? text : text.AsSpan(0, dash), out var first)) return false;
        var last = first;
        if (dash >= 0 && !TryParse(text.AsSpan(dash + 1), out last)) return false;
        rejection = new("ends before it begins");
        value = new(first, last);
        return first <= last;
    }

    private bool TryParse(ReadOnlySpan<char> text, out uint value) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= highest;
}
