using System.Globalization;

namespace Director.Config.Text;

/// <summary>Reads <c>~SEQ(VARIABLE, [START, [STEP,]] END)</c>, <c>~SEQx(…)</c> and <c>~LST(…)</c> up to the text behind them.</summary>
internal sealed class GeneratorReader(Substitution substitution, DiagnosticSink diagnostics)
{
    private const string SequenceForm = "~SEQ(NAME, [START, [STEP,]] END) TEXT";
    private const string ListForm = "~LST(NAME, VALUE, …) TEXT or ~LST({NAME, …}, {VALUE, …}, …) TEXT";

    private TextLine _line = null!;
    private int _position;

    private char Current => _position < _line.End ? _line.Text[_position] : '\0';

    /// <summary>Reads one; null, which has been said, if it is none.</summary>
    public Generator? Read(TextLine line, string file)
    {
        (_line, _position) = (line, line.Start + "~SEQ".Length);
        return line.Text[line.Start + 1] == 'S' ? Sequence(file) : List();
    }

    private Generator? Sequence(string file)
    {
        var isHexadecimal = Current == 'x';
        if (isHexadecimal) _position++;
        if (!Skip('(')) return Refuse("'(' is missing", SequenceForm);
        var name = TakeUntil(",)");
        if (name.Length == 0 || NameUse.LengthOf(name) != name.Length) return Refuse("the name of a variable is missing", SequenceForm);
        if (!Skip(',')) return Refuse("a comma is missing", SequenceForm);
        var close = _line.Text.AsSpan(_position, _line.End - _position).IndexOf(')');
        if (close < 0) return Refuse("')' is missing", SequenceForm);
        var bounds = substitution.Replace(_line.Slice(_position, _position + close), file).Span.ToString().Split(',');
        var numbers = new long[bounds.Length];
        if (bounds.Length > 3) return Refuse("there are more than three numbers", SequenceForm);
        for (var i = 0; i < bounds.Length; i++)
        {
            if (!TryParse(bounds[i].AsSpan().Trim(" \t"), out numbers[i]))
                return Refuse($"{Printable.Quote(bounds[i].Trim())} is not a number", SequenceForm);
        }

        var end = numbers[^1];
        var start = numbers.Length > 1 ? numbers[0] : end < 0 ? -1 : 1;
        var step = numbers.Length > 2 ? numbers[1] : end < start ? -1 : 1;
        if (step == 0 || (start < end && step < 0) || (start > end && step > 0))
            return Refuse($"steps of {step} do not lead from {start} to {end}", null);
        if (isHexadecimal && (start < 0 || end < 0)) return Refuse("~SEQx counts no negative numbers", null);
        _position += close + 1;
        return new(Template(), Count(name, start, step, end, isHexadecimal));
    }

    private static IEnumerable<IReadOnlyList<Definition>> Count(string name, long start, long step, long end, bool isHexadecimal)
    {
        for (Int128 value = start; step > 0 ? value <= end : value >= end; value += step)
            yield return [new(name, value.ToString(isHexadecimal ? "x" : "d", CultureInfo.InvariantCulture))];
    }

    private Generator? List()
    {
        if (!Skip('(')) return Refuse("'(' is missing", ListForm);
        if (TakeTuple() is not { } names || !Skip(',')) return Refuse("the names of variables are missing", ListForm);
        if (names.Find(name => name.Length == 0 || NameUse.LengthOf(name) != name.Length) is { } bad)
            return Refuse($"{Printable.Quote(bad)} is no name", ListForm);
        List<IReadOnlyList<Definition>> rounds = [];
        while (true)
        {
            if (TakeTuple() is not { } values) return Refuse("a value is not closed", ListForm);
            if (values.Count > names.Count) return Refuse($"there are more values than the {names.Count} of its names", ListForm);
            // Those that are missing are empty.
            rounds.Add([.. names.Select((name, i) => new Definition(name, i < values.Count ? values[i] : ""))]);
            if (Skip(')')) return new(Template(), rounds);
            if (!Skip(',')) return Refuse("',' or ')' is missing", ListForm);
        }
    }

    /// <summary>One word, or several in braces; null if the brace is not closed.</summary>
    private List<string>? TakeTuple()
    {
        if (!Skip('{')) return [TakeUntil(",})")];
        List<string> words = [];
        do words.Add(TakeUntil(",})"));
        while (Skip(','));
        return Skip('}') ? words : null;
    }

    private string TakeUntil(string ends)
    {
        SkipBlanks();
        var start = _position;
        while (_position < _line.End && Current is not (' ' or '\t') && !ends.Contains(Current, StringComparison.Ordinal)) _position++;
        var text = _line.Text[start.._position];
        SkipBlanks();
        return text;
    }

    private bool Skip(char character)
    {
        SkipBlanks();
        if (Current != character) return false;
        _position++;
        SkipBlanks();
        return true;
    }

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t') _position++;
    }

    private TextLine Template() => _line.Slice(_position, _line.End).Trimmed();

    private Generator? Refuse(string problem, string? form)
    {
        var at = Math.Min(_position, _line.End - 1);
        diagnostics.Error(DiagnosticCode.Definition, _line.At(at), 1, $"{problem}: the line is ignored",
            form is null ? null : $"write {form}");
        return null;
    }

    /// <summary>A number as strtol(3) with base 0 reads it: decimal, octal behind 0, hexadecimal behind 0x; nothing is 0.</summary>
    private static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        var isNegative = text.StartsWith('-');
        if (isNegative || text.StartsWith('+')) text = text[1..];
        else if (text.Length == 0) return true;
        var radix = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 16u : text.StartsWith('0') ? 8u : 10u;
        if (radix == 16) text = text[2..];
        if (text.Length is 0 or > 18) return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigit(character)) return false;
            var digit = character <= '9' ? character - '0' : (character | 0x20) - 'a' + 10;
            if (digit >= radix || value > (long.MaxValue - digit) / radix) return false;
            value = (value * radix) + digit;
        }

        if (isNegative) value = -value;
        return true;
    }
}
