using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>
/// A keyword of keepalived's that names a script, which the director does not run yet. What it would run is read all the same, for how
/// these lines are split surprises: <c>notify_up /bin/x a b</c> runs /bin/x as user a and group b.
/// </summary>
/// <typeparam name="T">The draft.</typeparam>
/// <param name="name">The keyword.</param>
/// <param name="isInIgnoredBlock">
/// Whether the block as a whole has been called not supported, so that only what may surprise is left to say.
/// </param>
internal sealed class UnsupportedScriptKeyword<T>(string name, bool isInIgnoredBlock) : Keyword<T>(name)
{
    public override bool AllowsBlock => true;

    public override bool IsRepeatable => true;

    public override bool Accepts(string text) => text[0] == '/';

    public override void Bind(Statement statement, T draft, DiagnosticSink diagnostics)
    {
        if (statement.Block is { } block)
        {
            diagnostics.Error(DiagnosticCode.Brace, block.Open, 1, $"'{name}' has no block; this one is ignored",
                "put a command that holds braces into double quotes");
            return;
        }

        if (statement.Words.Count < 2)
        {
            diagnostics.Error(DiagnosticCode.MissingArgument, statement.Keyword, $"'{name}' needs a command");
            return;
        }

        var value = statement.Words[1];
        if (ScriptCommand.Parse(value.Text, out var fault) is not { } command)
        {
            diagnostics.Error(fault!.Code, Part(value, fault.Offset, fault.Offset + 1), fault.Problem, fault.Hint);
            return;
        }

        if (statement.Line.CutByComment)
        {
            diagnostics.Warning(DiagnosticCode.CommentInValue, value,
                "a comment begins right after the last word: the rest of the line is not part of it",
                "put a command that holds # or ! into double quotes");
        }

        Report(statement.Keyword, value, command, diagnostics);
    }

    private void Report(Word keyword, Word value, ScriptCommand command, DiagnosticSink diagnostics)
    {
        var shown = Shown(command);
        if (command.After.Count > 0 && !ScriptKeyword.TakesUser(name))
        {
            diagnostics.Warning(DiagnosticCode.ExtraWords, Part(value, command.After[0].Start, command.After[^1].End),
                $"'{name}' is not supported yet; the words after {shown} would be ignored", Advice(command));
        }
        else if (command.After.Count > 0 || !isInIgnoredBlock)
        {
            diagnostics.Warning(DiagnosticCode.NotSupported, keyword, $"'{name}' is not supported yet: nothing is run",
                $"it would run {shown}{As(command)}{(Advice(command) is { } advice ? $"; {advice}" : "")}");
        }
    }

    private static string As(ScriptCommand command)
    {
        if (command.User is not { } user) return "";
        var group = command.Group is { } named ? $", group {Printable.Quote(named)}" : "";
        var ignored = command.After.Count > 2 ? ", and ignore the words after it" : "";
        return $" as user {Printable.Quote(user)}{group}{ignored}";
    }

    /// <summary>How to pass the words behind the command as arguments, to one who may not know that they are none.</summary>
    private static string? Advice(ScriptCommand command)
    {
        if (command.After.Count == 0 || command.Arguments.Count > 0) return null;
        var quoted = string.Join(' ', [command.Command.Text, .. command.After.Select(word => Argument(word.Text))]);
        var isSimple = quoted.Length <= ConfigLimits.MaxQuotedCharacters && quoted.AsSpan().IndexOfAny('"', '\\') < 0
            && !command.After.Any(word => word.Text.Contains('\'', StringComparison.Ordinal));
        return $"to pass arguments quote the whole command{(isSimple ? $": \"{Printable.Cut(quoted)}\"" : "")}";
    }

    private static string Shown(ScriptCommand command) =>
        Printable.Cut(string.Join(' ', [command.Program, .. command.Arguments.Select(Argument)]));

    private static string Argument(string text) => text.Length == 0 || text.Any(char.IsWhiteSpace) ? $"'{text}'" : text;

    /// <summary>A part of the value; all of it where the text is not as it stands in the file.</summary>
    private static Word Part(Word value, int start, int end) => value.Text.Length != value.Length ? value : value with
    {
        Location = value.Location with { Column = value.Location.Column + start },
        Length = end - start,
    };
}
