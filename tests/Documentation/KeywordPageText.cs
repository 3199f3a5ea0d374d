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
        - **the director's own**: keepalived calls it an unknown keyword, and goes on without.
        - **not used**: accepted; the reason is what the message says. It is a warning where something that was asked for is not there,
          else a hint.
        - **refused**: accepted with a warning; the block that it stands in is left out, for it would do something else than is written.

        A default in `code` could be written after the keyword to the same effect. "of global_defs" and the like name where the value comes
        from if the block itself does not say it.

        ## What units and scripts use

        | keepalived | director |
        |---|---|
        | `-f FILE`, `-i ID` | the same, of every command that reads a configuration |
        | `-t` | `director check` ([exit codes and all](check.md)) |
        | `-p FILE` | the same; the pid is in `director.pid` of the run directory too. `-r`, `-c`, `-b`: there is one process to signal |
        | `-n`, `-l`, `-D`, `-G` | accepted: it stays in the foreground and logs to standard error, of which systemd makes its journal |
        | `-s NAME`, `net_namespace` | `ip netns exec NAME director run`, or `NetworkNamespacePath=/run/netns/NAME` in the unit |
        | other options | none: an unknown option is an error |
        | SIGHUP | the same; `director reload` besides waits and says what came of it |
        | SIGTERM, SIGINT | the same: priority 0, the VIPs off, the end |
        | SIGUSR1, SIGUSR2, SIGRTMIN+2, SIGRTMAX−1 | nothing is written: a line of the log says which command shows it |
        | `keepalived.data`, `.stats`, `.json` | `director status [--json]`, `director stats`, /metrics |
        | `/run/keepalived.pid`, `/run/vrrp.pid`, … | `/run/director/director.pid` |
        | lines in pipes (`notify_fifo`) | the same |
        | `ipvsadm -ln` and the like | `director ipvsadm -ln` |

        `net_namespace NAME` makes sure of the place: a director that is started in another network namespace says so and does not start,
        and a reload that names another is refused.

        ## Keywords

        """;
}
