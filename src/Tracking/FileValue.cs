namespace Director.Tracking;

/// <summary>
/// The number that a tracked file holds, as strtol(3) with base 0 reads it: blanks, a sign, <c>0x</c> for hexadecimal, <c>0</c> for octal,
/// digits; what follows does not matter (keepalived/trackers/track_file.c).
/// </summary>
public static class FileValue
{
    /// <summary>Bytes of the file that are looked at.</summary>
    public const int MaxBytes = 127;

    /// <summary>The number; 0 for a file that holds none, or one out of the range of an int.</summary>
    public static int Parse(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MaxBytes)];
        text = text.TrimStart(" \t\n\v\f\r"u8);
        var isNegative = text.StartsWith("-"u8);
        if (isNegative || text.StartsWith("+"u8)) text = text[1..];
        var radix = 10;
        if (text.StartsWith("0x"u8) || text.StartsWith("0X"u8))
        {
            radix = 16;
            text = text[2..];
        }
        else if (text.StartsWith("0"u8))
        {
            radix = 8;
        }

        long value = 0;
        foreach (var character in text)
        {
            var digit = DigitOf(character);
            if (digit < 0 || digit >= radix) break;
            value = (value * radix) + digit;
            if (value > int.MaxValue) return 0;
        }

        return (int)(isNegative ? -value : value);
    }

    private static int DigitOf(byte character) => (char)character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => -1,
    };
}
