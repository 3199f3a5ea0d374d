using System.Globalization;

namespace Director.Config.Binder;

/// <summary>A decimal integer within a range.</summary>
internal sealed class IntegerArgument(int lowest, int highest) : Argument<int>
{
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a whole number, {lowest} to {highest}");

    public override bool TryParse(string text, out int value, out Rejection rejection)
    {
        value = 0;
        rejection = default;
        var digits = text.StartsWith('-') ? text[1..] : text;
        if (digits.Length == 0 || digits.Any(character => !char.IsAsciiDigit(character)))
        {
            var prefix = string.Concat(text.TakeWhile(char.IsAsciiDigit));
            rejection = new($"is not {Expected}", prefix.Length is > 0 and < 11 ? $"did you mean '{prefix}'?" : null);
            return false;
        }

        var isInt = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        if (isInt && value >= lowest && value <= highest) return true;
        rejection = new(string.Create(CultureInfo.InvariantCulture, $"is outside the range {lowest} to {highest}"));
        return false;
    }
}
