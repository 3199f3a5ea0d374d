using Director.Datapath.Tracking;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>Every cell of the kernel's tables (Linux net/netfilter/ipvs/ip_vs_proto_tcp.c), and what its flags mean.</summary>
public sealed class TcpTrackerTests
{
    /// <summary>From, then to by SYN, FIN, ACK, RST.</summary>
    private const string Input = """
        NO SR CL ES CL
        ES ES CW ES CL
        SS ES SS SS CL
        SR SR TW ES SR
        FW SR TW FW CL
        TW SR TW TW CL
        CL SR CL CL CL
        CW SR CW CW CL
        LA SR LA CL LA
        LI SR LI LI LI
        SA SR TW ES SR
        """;

    private const string Output = """
        NO SS TW ES CL
        ES ES FW ES CL
        SS SS SS SS SS
        SR SR TW ES CL
        FW SS FW FW CL
        TW SS TW TW TW
        CL SS CL CL CL
        CW SS TW CW CL
        LA SS LA LA CL
        LI LI LI ES CL
        SA SR TW ES CL
        """;

    private const string InputOnly = """
        NO SR CL ES CL
        ES ES FW ES CL
        SS ES SS SS CL
        SR SR TW ES SR
        FW SR FW FW CL
        TW SR TW TW CL
        CL SR CL CL CL
        CW SR CW CW CL
        LA SR LA CL LA
        LI SR LI LI CL
        SA SR TW ES CL
        """;

    /// <summary>What the SYN-flood defence changes: from, event, to.</summary>
    private const string SecureInput = "SA SYN SA, SA FIN SA, SR ACK SR, SA ACK SA, SA RST CL";
    private const string SecureOutput = "SR SYN SA, SA SYN SA";
    private const string SecureInputOnly = "NO SYN SA, FW SYN SA, TW SYN SA, CL SYN SA, CW SYN SA, LA SYN SA, LI SYN SA, SA SYN SA";

    private static readonly string[] Names = ["NO", "ES", "SS", "SR", "FW", "TW", "CL", "CW", "LA", "LI", "SA"];
    private static readonly string[] Events = ["SYN", "FIN", "ACK", "RST"];

    [Theory]
    [InlineData(TcpTable.Input, Input, "")]
    [InlineData(TcpTable.Output, Output, "")]
    [InlineData(TcpTable.InputOnly, InputOnly, "")]
    [InlineData(TcpTable.SecureInput, Input, SecureInput)]
    [InlineData(TcpTable.SecureOutput, Output, SecureOutput)]
    [InlineData(TcpTable.SecureInputOnly, InputOnly, SecureInputOnly)]
    public void Each_state_moves_as_the_kernels_table_says(TcpTable table, string rows, string changes)
    {
        foreach (var row in rows.Split('\n', StringSplitOptions.TrimEntries))
        {
            var cells = row.Split(' ').Select(StateOf).ToArray();
            foreach (var change in changes.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ')))
                if (StateOf(change[0]) == cells[0]) cells[1 + Array.IndexOf(Events, change[1])] = StateOf(change[2]);
            for (var bits = 0; bits < 256; bits++)
            {
                var flags = (TcpFlags)bits;
                var expected = flags.HasFlag(TcpFlags.Rst) ? cells[4]
                    : flags.HasFlag(TcpFlags.Syn) ? cells[1]
                    : flags.HasFlag(TcpFlags.Fin) ? cells[2]
                    : flags.HasFlag(TcpFlags.Ack) ? cells[3]
                    : ConnectionState.Close;
                var actual = TcpTracker.Next(table, cells[0], flags);
                Assert.True(expected == actual, $"{table}: {cells[0]} with {flags}: {actual}, not {expected}");
            }
        }
    }

    [Fact]
    public void Udp_stays_udp_and_is_never_active()
    {
        foreach (var table in Enum.GetValues<TcpTable>())
        {
            for (var bits = 0; bits < 256; bits++)
                Assert.Equal(ConnectionState.Udp, TcpTracker.Next(table, ConnectionState.Udp, (TcpFlags)bits));
        }

        Assert.False(TcpTracker.IsActive(ConnectionState.Udp));
    }

    [Fact]
    public void Four_states_are_active()
    {
        var active = Enum.GetValues<ConnectionState>().Where(TcpTracker.IsActive);
        Assert.Equal([ConnectionState.Established, ConnectionState.SynSent, ConnectionState.SynReceived, ConnectionState.SynAck], active);
    }

    [Fact]
    public void The_default_timeouts_are_the_kernels()
    {
        int[] seconds = [2, 900, 120, 60, 120, 120, 10, 60, 30, 120, 120, 300];
        Assert.Equal(seconds, Enum.GetValues<ConnectionState>().Select(state => (int)ConnectionTimeouts.Default.Of(state).TotalSeconds));
        var set = new ConnectionTimeouts(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(1), set.Of(ConnectionState.Established));
        Assert.Equal(TimeSpan.FromSeconds(2), set.Of(ConnectionState.FinWait));
        Assert.Equal(TimeSpan.FromSeconds(3), set.Of(ConnectionState.Udp));
    }

    private static ConnectionState StateOf(string name) => (ConnectionState)Array.IndexOf(Names, name);
}
