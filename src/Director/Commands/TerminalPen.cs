using Director.Config;

namespace Director.Commands;

/// <summary>
/// Writes pieces of diagnostics with colours (ECMA-48 §8.3.117, SGR), where the output is a terminal that has them and nobody has set
/// <c>NO_COLOR</c> (no-color.org).
/// </summary>
internal static class TerminalPen
{
    private const string Reset = "\u001b[0m";

    /// <summary>A pen for standard output.</summary>
    public static Action<Ink, string> ForOutput() =>
        For(Console.Out, !Console.IsOutputRedirected && HasColours(Environment.GetEnvironmentVariable));

    /// <summary>A pen for any output.</summary>
    public static Action<Ink, string> For(TextWriter output, bool withColours) => (ink, piece) =>
    {
        var code = withColours ? CodeOf(ink) : null;
        if (code is null)
        {
            output.Write(piece);
            return;
        }

        // Not over the end of a line: some terminals colour the rest of it then.
        var text = piece.TrimEnd('\n');
        output.Write($"\u001b[{code}m{text}{Reset}{piece[text.Length..]}");
    };

    /// <summary>Whether the environment of a terminal asks for none.</summary>
    public static bool HasColours(Func<string, string?> variable) =>
        string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") is not ("dumb" or "" or null);

    private static string? CodeOf(Ink ink) => ink switch
    {
        Ink.Place or Ink.Message => "1",
        Ink.Error => "1;31",
        Ink.Warning => "1;33",
        Ink.Hint => "1;36",
        Ink.Gutter => "34",
        Ink.Aside => "36",
        _ => null,
    };
}
