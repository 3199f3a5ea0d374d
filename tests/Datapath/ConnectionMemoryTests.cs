using System.Buffers.Binary;
using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Tables;
using Director.Linux;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Support;
using Xunit.Abstractions;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Datapath;

/// <summary>
/// What connections cost in memory that this process has, all parts of a worker included, in pages as the director takes them. Nothing may
/// run beside it.
/// </summary>
[Collection("kernel")]
public sealed class ConnectionMemoryTests(ITestOutputHelper output)
{
    private const int Million = 1_000_000;
    private const int BytesPerSlot = 64;

    [Theory]
    [InlineData(ForwardingMethod.DirectRouting)]
    [InlineData(ForwardingMethod.Masquerading)]
    public void A_million_connections_take_at_most_100_MB(ForwardingMethod method)
    {
        // What is compiled on the way is not what is measured.
        Fill(Million, method).Dispose();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();

        var before = ProcessMemory.Resident(Environment.ProcessId);
        using var connections = Fill(Million, method);
        var taken = ProcessMemory.Resident(Environment.ProcessId) - before;

        output.WriteLine($"{taken} bytes");
        Assert.Equal(Million, connections.Count);
        Assert.InRange(taken, Million * BytesPerSlot, 100_000_000);
    }

    /// <summary>A worker that has seen a SYN of as many clients.</summary>
    private static ConnectionTable Fill(int count, ForwardingMethod method)
    {
        using var port = new MemoryFramePort();
        var connections = new ConnectionTable(count, 1, LargePages.Instance);
        var forwarder = new Forwarder(0, connections, new(1, 1));
        var batch = new FrameBatch();
        var now = MonoTime.Zero + TimeSpan.FromDays(1);
        var table = ForwardingTable.Build([Engine.Service("wlc", Engine.Server(1) with { Method = method })], ForwardingTable.Empty(), now);
        var syn = Tcp(Engine.Client, 1000, Engine.Vip, Engine.Port, TcpFlags.Syn);
        var client = syn.AsSpan(EthernetHeader.Size + 12, 4);
        for (var made = 0; made < count; made++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(client, 0x0a01_0000u + (uint)made);
            FixHeaderChecksum(syn);
            port.TryPut(syn);
            if (port.FreeFrames > 0 && made < count - 1) continue;
            port.Receive(batch);
            forwarder.Process(batch, table, now);
            port.Commit(batch);
        }

        return connections;
    }
}
