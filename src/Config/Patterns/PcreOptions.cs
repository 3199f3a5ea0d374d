namespace Director.Config.Patterns;

/// <summary>What <c>regex_options</c> may say, those that change what is found (pcre2api(3), "pcre2_compile").</summary>
[Flags]
internal enum PcreOptions
{
    None = 0,

    /// <summary><c>[]</c> is a class of no character.</summary>
    AllowEmptyClass = 1,

    /// <summary>Escapes as JavaScript has them.</summary>
    AltBsux = 1 << 1,

    Caseless = 1 << 2,

    /// <summary><c>$</c> is the very end, not before a newline there.</summary>
    DollarEndOnly = 1 << 3,

    /// <summary><c>.</c> is a newline too.</summary>
    DotAll = 1 << 4,

    /// <summary>Blanks and comments mean nothing.</summary>
    Extended = 1 << 5,

    /// <summary>Must begin in the first line.</summary>
    FirstLine = 1 << 6,

    /// <summary>A reference to a group that has matched nothing matches the empty text.</summary>
    MatchUnsetBackref = 1 << 7,

    /// <summary><c>^</c> and <c>$</c> are those of lines.</summary>
    Multiline = 1 << 8,

    /// <summary>Only named groups capture.</summary>
    NoAutoCapture = 1 << 9,

    /// <summary><c>\d</c>, <c>\w</c> and the like know more than ASCII.</summary>
    Ucp = 1 << 10,

    /// <summary>Pattern and text are UTF-8.</summary>
    Utf = 1 << 11,
}
