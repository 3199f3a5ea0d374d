namespace Director.Config;

/// <summary>What can be wrong with files and with their text, whatever it says.</summary>
internal static class TextRules
{
    public static readonly IReadOnlyList<LintRule> All =
    [
        new(DiagnosticCode.Unreadable, Severity.Error, "A file is missing, unreadable, executable or too large.",
            "What it says counts for nothing. As with keepalived a file with an execute bit is not read, which befalls whole directories "
            + "on volumes that set it on everything.",
            "mend the path or the permissions: chmod a-x for an executable file"),
        new(DiagnosticCode.IncludeNoMatch, Severity.Hint, "An include line matches no file.",
            "Whatever was to be included is missing, and nothing else tells of it.",
            "mend the pattern, which is relative to the file that it stands in; or remove the line")
        {
            Example = "include «conf.d/*.conf»\n",
            Corrected = "# no include\n",
        },
        new(DiagnosticCode.IncludeCycle, Severity.Error, "A file includes itself.",
            "keepalived reads on until it has no more memory.",
            "remove one of the include lines that form the circle")
        {
            Example = "include «keepalived.conf»\n",
            Corrected = "# no include\n",
        },
        new(DiagnosticCode.Definition, Severity.Warning, "A definition, ~SEQ or ~LST does not do what it seems to.",
            "A name that is not replaced stays in the line as it is written, and keepalived even takes the braces of ${NAME} for a block; "
            + "a generator that cannot be understood makes no lines.",
            "write ${NAME}, and $NAME=VALUE before the line that uses it; docs/language.md has the rules")
        {
            Example = "global_defs {\n    router_id «${SITE}»-1\n}\n",
            Corrected = "$SITE=north\nglobal_defs {\n    router_id ${SITE}-1\n}\n",
        },
        new(DiagnosticCode.Limit, Severity.Error, "There is more of something than the director takes.",
            "What is beyond the bound is left out, or nothing is applied at all.",
            "see docs/configuration.md for the bounds"),
        new(DiagnosticCode.Brace, Severity.Error, "A brace is missing, too many or out of place.",
            "keepalived goes on with whatever remains, often with keywords that have slipped into another block: a priority below a stray "
            + "'}' is that of nobody, and the machine runs with 100.",
            "count the braces of the block")
        {
            Example = "global_defs {\n    router_id lb1\n}\n«}»\n",
            Corrected = "global_defs {\n    router_id lb1\n}\n",
        },
        new(DiagnosticCode.UnterminatedQuote, Severity.Error, "A quote is not closed on its line.",
            "The value then goes on to the end of the line, comment included.",
            "close the quote")
        {
            Example = "global_defs {\n    router_id «\"lb1»\n}\n",
            Corrected = "global_defs {\n    router_id \"lb1\"\n}\n",
        },
        new(DiagnosticCode.NulByte, Severity.Error, "A line holds a NUL byte.",
            "The line is ignored. The file is hardly text: UTF-16, or damaged.",
            "save the file as plain UTF-8 text"),
        new(DiagnosticCode.CommentInValue, Severity.Warning, "A comment begins inside what looks like a value.",
            "'#' and '!' begin a comment even in the middle of a word, so a password that holds one is cut there, and the other machine "
            + "does not know ours.",
            "put the value into double quotes, or write \\# and \\!")
        {
            Example = Samples.Instance("authentication {\n        auth_type PASS\n        auth_pass «pa»#ss\n    }"),
            Corrected = Samples.Instance("authentication {\n        auth_type PASS\n        auth_pass \"pa#ss\"\n    }"),
        },
        new(DiagnosticCode.CarriageReturn, Severity.Hint, "The file has the line ends of Windows.",
            "The configuration is read all the same. Scripts that were edited on the same machine are not: '#!/bin/sh' with a carriage "
            + "return names a program that does not exist.",
            "convert it, and the scripts that it names: dos2unix FILE, or sed -i 's/\\r$//' FILE")
        {
            Check = context =>
                from path in context.Sources.Paths
                where context.Sources.FirstCarriageReturn(path) > 0
                select context.Say(DiagnosticCode.CarriageReturn, new(path, context.Sources.FirstCarriageReturn(path)),
                    "this line ends with a carriage return"),
        },
    ];
}
