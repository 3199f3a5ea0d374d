using System.Text;
using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>
/// A keyword with bytes in hexadecimal, blanks between them as one likes; a single digit before a blank is a byte too (keepalived
/// lib/parser.c, <c>read_hex_str</c>). What is applied has two digits for each byte.
/// </summary>
/// <typeparam name="T">The draft.</typeparam>
/// <param name="name">The keyword.</param>
/// <param name="apply">Takes the digits.</param>
/// <param name="mayBeAny">Whether it may stand alone, and <c>x</c> stand for any digit.</param>
internal sealed class HexKeyword<T>(string name, Action<T, string> apply, bool mayBeAny) : Keyword<T>(name)
{
    public override string Arguments => mayBeAny ? "[bytes in hexadecimal, x for any digit]" : "bytes in hexadecimal";

    public override bool Accepts(string text) => IsHex(text);

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        if (statement.Words.Count == 1 && !mayBeAny)
        {
            diagnostics.Error(DiagnosticCode.MissingArgument, statement.Keyword, $"'{name}' needs bytes in hexadecimal");
            return;
        }

        var digits = new StringBuilder();
        foreach (var word in statement.Words.Skip(1))
        {
            if (!IsHex(word.Text))
            {
                Reject(word, diagnostics);
                return;
            }

            foreach (var part in word.Text.Split(' ', '\t'))
            {
                digits.Append(part, 0, part.Length / 2 * 2);
                if (part.Length % 2 != 0) digits.Append('0').Append(part[^1]);
            }
        }

        apply(draft, digits.ToString().ToLowerInvariant());
    }

    private void Reject(Word word, DiagnosticSink diagnostics) => diagnostics.Error(DiagnosticCode.InvalidValue, word,
        $"{Printable.Quote(word.Text)} is not in hexadecimal{(mayBeAny ? ", nor x for any digit" : "")}; the line is ignored");

    private bool IsHex(string text) => text.All(character =>
        char.IsAsciiHexDigit(character) || character is ' ' or '\t' || (mayBeAny && character is 'x' or 'X'));
}
