namespace Director.Config.Text;

/// <summary>Where a stretch of a <see cref="TextLine"/> was written. It ends where the next one begins.</summary>
/// <param name="Start">Offset of its first character in the line's text.</param>
/// <param name="File">The path of the file.</param>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Column">Column of the file, from 1, at which it begins.</param>
/// <param name="Length">Characters that it takes there.</param>
/// <param name="IsAsWritten">
/// Whether it stands there character by character; otherwise the name stands there that it was put in place of.
/// </param>
internal readonly record struct Piece(int Start, string File, int Line, int Column, int Length, bool IsAsWritten);
