using System.Globalization;

namespace Director.Perf.Measurement;

/// <summary>Numbers of flows as people write them: <c>1k</c>, <c>100k</c>, <c>1m</c>.</summary>
internal static class Count
{
    private const int Thousand = 1_000, Million = 1_000_000;

    /// <summary>Reads one; false if it is none, or less than 1.</summary>
    public static bool TryParse(string text, out int count)
    {
        count = 0;
        var unit = text.Length == 0 ? 1 : char.ToLowerInvariant(text[^1]) switch { 'k' => Thousand, 'm' => Million, _ => 1 };
        var digits = unit == 1 ? text : text[..^1];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return false;
        if (number > int.MaxValue / unit) return false;
        count = number * unit;
        return true;
    }

    /// <summary>Writes one.</summary>
    public static string Format(int count) => count switch
    {
        >= Million when count % Million == 0 => string.Create(CultureInfo.InvariantCulture, $"{count / Million} M"),
        >= Thousand when count % Thousand == 0 => string.Create(CultureInfo.InvariantCulture, $"{count / Thousand} k"),
        _ => count.ToString(CultureInfo.InvariantCulture),
    };
}
