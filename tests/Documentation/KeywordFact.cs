namespace Director.Tests.Documentation;

/// <summary>What the tables of keywords do not say of one.</summary>
/// <param name="Block">The block that it stands in, as <see cref="KeywordBlock.Name"/> has it.</param>
/// <param name="Keyword">The first of its spellings.</param>
/// <param name="Arguments">What is written after it, if the table does not say it all; null if it does.</param>
/// <param name="Default">What holds without it; null if there is nothing to say.</param>
/// <param name="IsLiteral">Whether <paramref name="Default"/> is what could be written after the keyword to the same effect.</param>
internal sealed record KeywordFact(string Block, string Keyword, string? Arguments, string? Default, bool IsLiteral);
