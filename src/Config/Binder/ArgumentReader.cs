using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>Takes the words of a statement one after another and says what is wrong with them.</summary>
internal sealed class ArgumentReader(Statement statement, DiagnosticSink diagnostics, int first = 1)
{
    private int _next = first;

    public Statement Statement => statement;

    public DiagnosticSink Diagnostics => diagnostics;

    public bool IsAtEnd => _next >= statement.Words.Count;

    /// <summary>The word taken last; before the first, the keyword.</summary>
    public Word Last => statement.Words[_next - 1];

    /// <summary>The next word without taking it; null at the end.</summary>
    public Word? Peek() => IsAtEnd ? null : statement.Words[_next];

    /// <summary>Takes the next word as it is; null at the end.</summary>
    public Word? Take() => IsAtEnd ? null : statement.Words[_next++];

    /// <summary>Takes the next word as a value; says so if it is missing or no good.</summary>
    public bool TryTake<TValue>(Argument<TValue> argument, out TValue value)
    {
        value = default!;
        if (Peek() is not { } word)
        {
            diagnostics.Error(DiagnosticCode.MissingArgument, Last, $"'{Last.Text}' needs {argument.Expected}");
            return false;
        }

        _next++;
        if (!argument.TryParse(word.Text, out value, out var rejection))
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, word, $"{Printable.Quote(word.Text)} {rejection.Reason}", rejection.Hint);
            return false;
        }

        if (argument.IsFreeText && IsAtEnd && statement.Line.CutByComment)
        {
            diagnostics.Warning(DiagnosticCode.CommentInValue, word,
                $"a comment begins right after {Printable.Quote(word.Text)}: the rest of the line is not part of it",
                "put a value that holds # or ! into double quotes");
        }

        return true;
    }

    /// <summary>
    /// Says that the word taken last means something that the director does not do yet, and takes the rest of the line with it.
    /// </summary>
    public void ReportUnsupported(string consequence)
    {
        diagnostics.Warning(DiagnosticCode.NotSupported, Last,
            $"'{statement.Keyword.Text} {Printable.Cut(Last.Text)}' is not supported yet: {consequence}");
        _next = statement.Words.Count;
    }

    /// <summary>Says so if there are words left.</summary>
    public void ExpectEnd()
    {
        if (IsAtEnd) return;
        var rest = Printable.Quote(string.Join(' ', statement.Words.Skip(_next).Select(word => word.Text)));
        diagnostics.Warning(DiagnosticCode.ExtraWords, statement.Words[_next], $"{rest} has no effect here", "one keyword a line");
    }
}
