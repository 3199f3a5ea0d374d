using System.Text;
using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>
/// <c>regex</c>. As with keepalived quotes and backslashes are resolved before the pattern is one, so that <c>\.</c> must be written
/// <c>\\.</c>.
/// </summary>
internal sealed class RegexKeyword() : Keyword<HttpUrlDraft>("regex")
{
    public override string Arguments => "a pattern";

    public override bool AllowsBlock => true;

    public override bool TakesFreeText => true;

    public override bool Accepts(string text) => true;

    public override void Bind(Statement statement, HttpUrlDraft draft, DiagnosticSink diagnostics)
    {
        if (statement.Block is { } block)
        {
            diagnostics.Error(DiagnosticCode.Brace, block.Open, 1, "'regex' has no block; this one is ignored",
                "put a pattern that holds braces into double quotes");
            return;
        }

        if (statement.Words.Count < 2)
        {
            diagnostics.Error(DiagnosticCode.MissingArgument, statement.Keyword, "'regex' needs a pattern");
            return;
        }

        var value = statement.Words[1];
        var words = ScriptSplitter.Split(ScriptCommand.BytesOf(value.Text), resolvesEscapes: true, out var fault);
        if (fault is not null)
        {
            diagnostics.Error(fault.Code, ScriptLine.Part(value, fault.Offset, fault.Offset + 1), fault.Problem, fault.Hint);
            return;
        }

        if (words.Count != 1 || words[0].Bytes.Count == 0)
        {
            diagnostics.Error(DiagnosticCode.InvalidValue, value,
                words.Count > 1 ? "a pattern with blanks must be quoted" : "the pattern is empty");
            return;
        }

        if (statement.Line.CutByComment)
        {
            diagnostics.Warning(DiagnosticCode.CommentInValue, value,
                "a comment begins right after the pattern: the rest of the line is not part of it",
                "put a pattern that holds # or ! into double quotes");
        }

        draft.Pattern = (Encoding.Latin1.GetString([.. words[0].Bytes.Select(one => one.Value)]), value);
    }
}
