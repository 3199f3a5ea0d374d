namespace Director.Tests.Documentation;

/// <summary>What <c>docs/keepalived.md</c> says before its tables.</summary>
internal static class KeywordPageText
{
    public const string Head = """
        <!-- Written by `./dev docs` from the tables that the director reads configurations by. Change those, or tests/Documentation. -->

        # keepalived.conf, keyword by keyword

        Every keyword of keepalived.conf(5) is known, of keepalived 2.2 as of 2.4 and of the releases before them: at its place it is
        acted on, or accepted and named with its file, line and the reason why it has nothing to do here. `director check` shows all of
        that for a file of yours. What the keywords mean is in [configuration.md](configuration.md), with the pages that it names.

        - **yes**: it does what keepalived.conf(5) says. Where the outcome differs,
          [a table](configuration.md#where-it-differs-from-keepalived) says so.
        - **not used**: accepted; the reason is what the message says. It is a warning where something that was asked for is not there,
          else a hint.
        - **not yet**: accepted with a warning, and not acted on.

        A default in `code` could be written after the keyword to the same effect. "of global_defs" and the like name where the value comes
        from if the block itself does not say it.

        ## Keywords

        """;
}
