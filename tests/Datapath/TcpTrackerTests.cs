using Director.Datapath.Tracking;
using Director.Net.Wire;

namespace Director.Tests.Datapath;

/// <summary>Every cell of the kernel's input-only table (Linux net/netfilter/ipvs/ip_vs_proto_tcp.c), and what its flags mean.</summary>
public sealed class TcpTrackerTests
{
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

    private static readonly string[] Names = ["NO", "ES", "SS", "SR", "FW", "TW", "CL", "CW", "LA", "LI", "SA"];

    public static TheoryData<string> Rows => [.. InputOnly.Split('\n', StringSplitOptions.TrimEntries)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_state_moves_as_the_kernels_table_says(string row)
    {
        var cells = row.Split(' ').Select(name => (ConnectionState)Array.IndexOf(Names, name)).ToArray();
        for (var bits = 0; bits < 256; bits++)
        {
            var flags = (TcpFlags)bits;
            var expected = flags.HasFlag(TcpFlags.Rst) ? cells[4]
                : flags.HasFlag(TcpFlags.Syn) ? cells[1]
                : flags.HasFlag(TcpFlags.Fin) ? cells[2]
                : flags.HasFlag(TcpFlags.Ack) ? cells[3]
                : ConnectionState.Close;
            var actual = TcpTracker.Next(cells[0], flags);
            Assert.True(expected == actual, $"{cells[0]} with {flags}: {actual}, not {expected}");
        }
    }

    [Fact]
    public void Udp_stays_udp_and_is_never_active()
    {
        for (var bits = 0; bits < 256; bits++) Assert.Equal(ConnectionState.Udp, TcpTracker.Next(ConnectionState.Udp, (TcpFlags)bits));
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
}
