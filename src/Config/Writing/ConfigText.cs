using System.Buffers;
using System.Text;
using Director.Config.Binder;
using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config;

/// <summary>
/// A configuration as one keepalived.conf: includes, definitions, conditions and generators resolved, comments and what nobody knows left
/// out, each keyword by its usual spelling, on a line of its own. It says the same: reading it gives the same model, and writing that the
/// same text. It is made from what was written and not from the model, so no keyword can be forgotten.
/// </summary>
public static class ConfigText
{
    private const int Indent = 4;

    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\f\v\r#!{}");

    /// <summary>The text of a configuration that was read with its syntax kept and without errors. Pure; any thread.</summary>
    public static string Write(ConfigResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var text = new StringBuilder();
        Write(result.Syntax, RootKeywords.Grammar, 0, text);
        return text.ToString();
    }

    private static void Write(IEnumerable<Statement> statements, IGrammar grammar, int depth, StringBuilder text)
    {
        foreach (var statement in statements)
        {
            var isKnown = grammar.Knows(statement.Keyword.Text, out var inner);
            if (!isKnown && !grammar.HoldsEntries) continue;
            if (depth == 0 && text.Length > 0) text.Append('\n');
            text.Append(' ', depth * Indent);
            WriteWords(statement.Words, grammar, text);
            if (statement.Block is { } block)
            {
                text.Append(" {\n");
                if (inner is not null) Write(block.Statements, inner, depth + 1, text);
                text.Append(' ', depth * Indent).Append('}');
            }

            text.Append('\n');
        }
    }

    private static void WriteWords(IReadOnlyList<Word> words, IGrammar grammar, StringBuilder text)
    {
        var first = words[0];
        if (!grammar.HoldsEntries) first = first with { Text = grammar.Canonical(first.Text) };
        text.Append(first.IsQuoted || SpeaksOfTheText(first.Text) ? $"\"{first.Text}\"" : Plain(first));
        if (words.Count == 2 && ScriptKeyword.IsOne(words[0].Text))
        {
            text.Append(' ').Append(WithoutComments(words[1].Text));
            return;
        }

        foreach (var word in words.Skip(1)) text.Append(' ').Append(Plain(word));
    }

    /// <summary>As it was quoted, and quoted where it would be something else without.</summary>
    private static string Plain(Word word) =>
        word.IsQuoted || word.Text.Length == 0 || word.Text.AsSpan().ContainsAny(Special)
            ? $"\"{word.Text}\""
            : word.Text;

    /// <summary>
    /// Whether a word that begins a line would be taken for one about the text: include, a condition, a generator, a definition.
    /// </summary>
    private static bool SpeaksOfTheText(string word) =>
        IncludeKeyword.TryParse(word, out _) || (word.Length > 0 && word[0] is '@' or '~' or '$');

    /// <summary>
    /// A script's value with a backslash before each # and ! that would begin a comment: what came of <c>${_HASH}</c>.
    /// </summary>
    private static string WithoutComments(string value)
    {
        var text = new StringBuilder(value.Length);
        var (isHidden, isEscaped) = (false, false);
        foreach (var character in value)
        {
            if (character is '#' or '!' && !isHidden && !isEscaped) text.Append('\\');
            if (character == '"') isHidden ^= !isEscaped;
            isEscaped = character == '\\' && !isEscaped;
            text.Append(character);
        }

        return text.ToString();
    }
}
