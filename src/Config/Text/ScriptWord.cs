using System.Text;

namespace Director.Config.Text;

/// <summary>A word of a script's line.</summary>
/// <param name="Bytes">What is left of it without its quotes.</param>
/// <param name="Start">Offset of its first character in the value, quote included.</param>
/// <param name="End">Offset after its last.</param>
internal sealed record ScriptWord(IReadOnlyList<ScriptByte> Bytes, int Start, int End)
{
    /// <summary>The word as text. As in keepalived, whose words end at a NUL, nothing behind <c>\0</c> is part of it.</summary>
    public string Text { get; } = Encoding.UTF8.GetString([.. Bytes.Select(part => part.Value).TakeWhile(value => value != 0)]);
}
