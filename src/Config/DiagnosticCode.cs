namespace Director.Config;

/// <summary>The stable names of the kinds of diagnostics, for scripts and documentation.</summary>
public static class DiagnosticCode
{
    /// <summary>A word that keepalived.conf(5) does not know at this place; it and its block are ignored.</summary>
    public const string UnknownKeyword = "unknown-keyword";

    /// <summary>A keyword or value of keepalived's that the director does not act on yet.</summary>
    public const string NotSupported = "not-supported";

    /// <summary>A keyword of keepalived's that is accepted and has nothing to do here; the message says why.</summary>
    public const string NotUsed = "not-used";

    /// <summary>A value that cannot be read or is out of range.</summary>
    public const string InvalidValue = "invalid-value";

    /// <summary>A keyword without the argument that it needs.</summary>
    public const string MissingArgument = "missing-argument";

    /// <summary>A block without a keyword that it needs, or that would better be said than left to its default.</summary>
    public const string MissingKeyword = "missing-keyword";

    /// <summary>Words after the last argument; they have no effect.</summary>
    public const string ExtraWords = "extra-words";

    /// <summary>A keyword given twice where once is meant; the later counts.</summary>
    public const string DuplicateKeyword = "duplicate-keyword";

    /// <summary>Two objects that claim the same name, address or number.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A brace too many, too few or out of place.</summary>
    public const string Brace = "brace";

    /// <summary>A double quote that is not closed on its line.</summary>
    public const string UnterminatedQuote = "unterminated-quote";

    /// <summary>A NUL byte in a line.</summary>
    public const string NulByte = "nul-byte";

    /// <summary>A comment that begins inside what looks like a value.</summary>
    public const string CommentInValue = "comment-in-value";

    /// <summary>A file that is missing, unreadable, executable or too large.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>An <c>include</c> line that matches no file.</summary>
    public const string IncludeNoMatch = "include-no-match";

    /// <summary>A file that includes itself.</summary>
    public const string IncludeCycle = "include-cycle";

    /// <summary>A bound of <see cref="ConfigLimits"/> was reached.</summary>
    public const string Limit = "limit";

    /// <summary>Settings that contradict each other; one of them has been changed or left out, as the message says.</summary>
    public const string Conflict = "conflict";

    /// <summary>Something that cannot work as it stands and has been left out.</summary>
    public const string Unused = "unused";
}
