namespace Director.Config.Syntax;

/// <summary>What the parser must know about the keywords of a block to find where blocks begin and end.</summary>
internal interface IGrammar
{
    /// <summary>
    /// Whether <paramref name="keyword"/> is known in this block; <paramref name="inner"/> is then the grammar of the block that it must
    /// be followed by, or null if it has none or its content is of no interest.
    /// </summary>
    bool Knows(string keyword, out IGrammar? inner);

    /// <summary>Whether its lines are entries, such as addresses, and not keywords.</summary>
    bool HoldsEntries { get; }

    /// <summary>The first spelling of a keyword; itself if it is not known.</summary>
    string Canonical(string keyword);
}
