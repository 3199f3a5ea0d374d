using System.Globalization;

namespace Director.Config.Binder;

/// <summary>Milliseconds with up to three decimals, no unit.</summary>
internal sealed class MillisecondsArgument(int lowest, int highest) : Argument<TimeSpan>
{
    private const int Decimals = 3;

    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"a number of milliseconds, {lowest} to {highest}");

    public override bool TryParse(string text, out TimeSpan value, out Rejection rejection)
    {
        value = default;
        rejection = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var milliseconds))
        {
            var prefix = string.Concat(text.TakeWhile(char.IsAsciiDigit));
            rejection = new($"is not {Expected}", prefix.Length is > 0 and < 11 ? $"did you mean '{prefix}'?" : null);
            return false;
        }

        if (milliseconds < lowest || milliseconds > highest)
        {
            rejection = new(string.Create(CultureInfo.InvariantCulture, $"is outside the range {lowest} to {highest} milliseconds"));
            return false;
        }

        if (decimal.Round(milliseconds, Decimals) != milliseconds)
        {
            rejection = new("has more than three decimals");
            return false;
        }

        value = new((long)(milliseconds * TimeSpan.TicksPerMillisecond));
        return true;
    }
}
