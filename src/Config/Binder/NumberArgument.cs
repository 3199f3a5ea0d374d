using System.Globalization;

namespace Director.Config.Binder;

/// <summary>An unsigned number, decimal or after 0x hexadecimal, or one of a few names for numbers.</summary>
internal sealed class NumberArgument(string expected, uint highest, params (string Name, uint Value)[] names) : Argument<uint>
{
    public override string Expected => expected;

    public override bool TryParse(string text, out uint value, out Rejection rejection)
    {
        rejection = new($"is not {Expected}");
        foreach (var named in names)
        {
            if (named.Name != text) continue;
            value = named.Value;
            return true;
        }

        return TryParse(text, out value) && value <= highest;
    }

    /// <summary>Reads a number without names or bounds.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out uint value) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
