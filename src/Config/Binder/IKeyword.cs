using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>What is to be known of a keyword without the block that it fills: for its documentation.</summary>
internal interface IKeyword
{
    /// <summary>Its spellings, the one for messages first.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The grammar of the block that must follow it; null if none does.</summary>
    IGrammar? Inner { get; }

    /// <summary>What is written after it; empty if nothing is. What may be left out stands in brackets.</summary>
    string Arguments { get; }

    /// <summary>What becomes of it.</summary>
    KeywordUse Use { get; }

    /// <summary>Why it is not used; null if it is.</summary>
    string? Reason { get; }

    /// <summary>Whether the block is of no use without it.</summary>
    bool IsRequired { get; }
}
