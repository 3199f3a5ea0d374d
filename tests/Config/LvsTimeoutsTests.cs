using Director.Config;

namespace Director.Tests.Config;

/// <summary><c>lvs_timeouts</c>.</summary>
public sealed class LvsTimeoutsTests
{
    [Theory]
    [InlineData("", null, null, null)]
    [InlineData("lvs_timeouts tcp 7200", 7200, null, null)]
    [InlineData("lvs_timeouts udp 30 tcpfin 9 tcp 2678400", 2678400, 9, 30)]
    [InlineData("lvs_timeouts tcp 60 udp 0", 60, null, null)]
    [InlineData("lvs_timeouts tcp 60\nlvs_timeouts udp 30", 60, null, 30)]
    [InlineData("lvs_timeouts tcp 60\n}\nglobal_defs {\nlvs_timeouts tcp 61", 61, null, null)]
    public void Those_that_are_written_are_set(string lines, int? tcp, int? tcpFin, int? udp) => Assert.Equal(
        new LvsTimeoutsConfig(Span(tcp), Span(tcpFin), Span(udp)), Reading.Clean(Text(lines)).Globals.LvsTimeouts);

    [Theory]
    [InlineData("lvs_timeouts", "2:1 error missing-argument: 'lvs_timeouts' needs tcp, tcpfin or udp")]
    [InlineData("lvs_timeouts 60", "2:14 error invalid-value: '60' is not tcp, tcpfin or udp")]
    [InlineData("lvs_timeouts tcp", "2:14 error missing-argument: 'tcp' needs a whole number of seconds, 0 to 2678400")]
    [InlineData("lvs_timeouts tcp 2678401", "2:18 error invalid-value: '2678401' is outside the range 0 to 2678400 seconds")]
    [InlineData("lvs_timeouts tcp 60 udp -1", "2:25 error invalid-value: '-1' is outside the range 0 to 2678400 seconds")]
    public void What_is_wrong_is_said_once_and_where_it_is(string line, string listing) =>
        Assert.Equal(listing, Reading.Listing(Text(line)));

    private static TimeSpan? Span(int? seconds) => seconds is { } set ? TimeSpan.FromSeconds(set) : null;

    private static string Text(string lines) => $"global_defs {{\n{lines}\n}}\n";
}
