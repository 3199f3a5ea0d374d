using System.Globalization;

namespace Director.Config.Binder;

/// <summary>Seconds with up to six decimals, no unit; or only whole ones.</summary>
internal sealed class SecondsArgument(TimeSpan lowest, TimeSpan highest, bool whole = false) : Argument<TimeSpan>
{
    /// <summary>What keepalived can hold: an unsigned 32-bit count of microseconds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMicroseconds(uint.MaxValue);

    /// <summary>The shortest that can be written.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMicroseconds(1);

    private const int Decimals = 6;

    public override string Expected => $"a {(whole ? "whole number" : "number")} of seconds, {Text(lowest)} to {Text(highest)}";

    public override bool TryParse(string text, out TimeSpan value, out Rejection rejection)
    {
        value = default;
        rejection = default;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var integer = point < 0 ? text : text[..point];
        var fraction = point < 0 ? "" : text[(point + 1)..];
        var isNegative = integer.StartsWith('-');
        if (isNegative) integer = integer[1..];
        if (integer.Length + fraction.Length == 0 || !(integer + fraction).All(char.IsAsciiDigit) || (whole && point >= 0))
        {
            var prefix = string.Concat(text.TakeWhile(char.IsAsciiDigit));
            rejection = new($"is not {Expected}", prefix.Length is > 0 and < 11 ? $"did you mean '{prefix}'?" : null);
            return false;
        }

        if (fraction.Length > Decimals)
        {
            rejection = new("has more than six decimals", $"did you mean '{Printable.Cut(integer)}.{fraction[..Decimals]}'?");
            return false;
        }

        integer = integer.TrimStart('0');
        var seconds = integer.Length > 10 ? long.MaxValue / 10_000_000 : long.Parse($"0{integer}", CultureInfo.InvariantCulture);
        var microseconds = long.Parse($"0{fraction.PadRight(Decimals, '0')}", CultureInfo.InvariantCulture);
        value = new TimeSpan((seconds * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond));
        if (!(isNegative && value > TimeSpan.Zero) && value >= lowest && value <= highest) return true;
        rejection = new($"is outside the range {Text(lowest)} to {Text(highest)} seconds");
        return false;
    }

    private static string Text(TimeSpan time) =>
        (time.Ticks / (decimal)TimeSpan.TicksPerSecond).ToString("0.######", CultureInfo.InvariantCulture);
}
