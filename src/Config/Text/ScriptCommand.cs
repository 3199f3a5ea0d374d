namespace Director.Config.Text;

/// <summary>
/// What a script's line means (keepalived 2.4, keepalived/core/notify.c notify_script_init): its first word alone is the command, and that
/// is split once more into the program and its arguments. The words behind it are none.
/// </summary>
/// <param name="Command">The first word, before it is split.</param>
/// <param name="Program">What is run; not empty.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="After">The words behind the command: user and group, where the keyword takes them.</param>
internal sealed record ScriptCommand(
    ScriptWord Command, string Program, IReadOnlyList<string> Arguments, IReadOnlyList<ScriptWord> After)
{
    /// <summary>Whom it is run as; null if it is not said.</summary>
    public string? User => After.Count > 0 ? After[0].Text : null;

    /// <summary>The group that it is run with; null if it is not said.</summary>
    public string? Group => After.Count > 1 ? After[1].Text : null;

    /// <summary>Reads what stands behind the keyword; null, and why, if it is no command.</summary>
    public static ScriptCommand? Parse(string value, out ScriptFault? fault)
    {
        if (value.Length > ConfigLimits.MaxScriptCharacters)
        {
            fault = new(DiagnosticCode.Limit, 0, $"the command is longer than {ConfigLimits.MaxScriptCharacters} characters");
            return null;
        }

        var words = ScriptSplitter.Split(BytesOf(value), resolvesEscapes: false, out fault);
        if (fault is not null) return null;
        if (words.Count == 0)
        {
            fault = new(DiagnosticCode.MissingArgument, 0, "no command stands here");
            return null;
        }

        var parts = ScriptSplitter.Split(words[0].Bytes, resolvesEscapes: true, out fault);
        if (fault is not null) return null;
        if (parts.Count > 0 && parts[0].Text.Length > 0)
            return new(words[0], parts[0].Text, [.. parts.Skip(1).Select(part => part.Text)], [.. words.Skip(1)]);
        fault = new(DiagnosticCode.InvalidValue, words[0].Start, "the command is empty");
        return null;
    }

    /// <summary>The bytes of a value, each with where it comes from.</summary>
    internal static List<ScriptByte> BytesOf(string value)
    {
        List<ScriptByte> bytes = new(value.Length);
        Span<byte> encoded = stackalloc byte[4];
        var offset = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            foreach (var part in encoded[..rune.EncodeToUtf8(encoded)]) bytes.Add(new(part, offset));
            offset += rune.Utf16SequenceLength;
        }

        return bytes;
    }
}
