using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>
/// The line of a keyword that names a script. How these lines are split surprises: <c>notify_up /bin/x a b</c> runs /bin/x as user a and
/// group b.
/// </summary>
internal static class ScriptLine
{
    /// <summary>Reads it; false, which has been said, if it is no command.</summary>
    public static bool TryRead(
        string keyword, Statement statement, DiagnosticSink diagnostics, out Word value, out ScriptCommand command)
    {
        (value, command) = (statement.Keyword, null!);
        if (statement.Block is { } block)
        {
            diagnostics.Error(DiagnosticCode.Brace, block.Open, 1, $"'{keyword}' has no block; this one is ignored",
                "put a command that holds braces into double quotes");
            return false;
        }

        if (statement.Words.Count < 2)
        {
            diagnostics.Error(DiagnosticCode.MissingArgument, statement.Keyword, $"'{keyword}' needs a command");
            return false;
        }

        value = statement.Words[1];
        if (ScriptCommand.Parse(value.Text, out var fault) is not { } parsed)
        {
            diagnostics.Error(fault!.Code, Part(value, fault.Offset, fault.Offset + 1), fault.Problem, fault.Hint);
            return false;
        }

        command = parsed;
        if (statement.Line.CutByComment)
        {
            diagnostics.Warning(DiagnosticCode.CommentInValue, value,
                "a comment begins right after the last word: the rest of the line is not part of it",
                "put a command that holds # or ! into double quotes");
        }

        return true;
    }

    /// <summary>How to pass the words behind the command as arguments, to one who may not know that they are none.</summary>
    public static string? Advice(ScriptCommand command)
    {
        if (command.After.Count == 0 || command.Arguments.Count > 0) return null;
        var quoted = string.Join(' ', [command.Command.Text, .. command.After.Select(word => Argument(word.Text))]);
        var isSimple = quoted.Length <= ConfigLimits.MaxQuotedCharacters && quoted.AsSpan().IndexOfAny('"', '\\') < 0
            && !command.After.Any(word => word.Text.Contains('\'', StringComparison.Ordinal));
        return $"to pass arguments quote the whole command{(isSimple ? $": \"{Printable.Cut(quoted)}\"" : "")}";
    }

    /// <summary>The command as a person would type it.</summary>
    public static string Shown(ScriptCommand command) =>
        Printable.Cut(string.Join(' ', [command.Program, .. command.Arguments.Select(Argument)]));

    /// <summary>A part of the value; all of it where the text is not as it stands in the file.</summary>
    public static Word Part(Word value, int start, int end) => value.Text.Length != value.Length ? value : value with
    {
        Location = value.Location with { Column = value.Location.Column + start },
        Length = end - start,
    };

    private static string Argument(string text) => text.Length == 0 || text.Any(char.IsWhiteSpace) ? $"'{text}'" : text;
}
