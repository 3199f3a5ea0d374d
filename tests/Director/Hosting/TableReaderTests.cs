using Director.Datapath;
using Director.Datapath.Forwarding;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Hosting;
using Director.Net;
using Director.Net.Wire;
using Director.Tests.Datapath;
using static Director.Tests.Datapath.Frames;

namespace Director.Tests.Hosting;

/// <summary>Lists of what a worker holds, asked for while its thread runs.</summary>
public sealed class TableReaderTests : IDisposable
{
    private const int Flows = 20_000;

    private readonly MemoryFramePort _port = new(DatapathLimits.MaxBatchFrames);
    private readonly ConnectionTable _connections = new(Flows, 1);
    private readonly ForwardingRunner _runner;
    private readonly TableReader _reader;
    private Thread? _thread;

    public TableReaderTests()
    {
        var service = Engine.Weighted("rr", 1) with { PersistenceTimeout = TimeSpan.FromSeconds(50) };
        var tables = new PublishedTable(ForwardingTable.Build([service], ForwardingTable.Empty(), MonoTime.Zero));
        _runner = new(_port, new Forwarder(0, _connections, new(16 * Flows, 1)), tables, new Standing());
        _reader = new(_runner);
        for (var flow = 0; flow < Flows; flow++)
        {
            Assert.True(_port.TryPut(Tcp(ClientOf(flow), 1000, Engine.Vip, Engine.Port, TcpFlags.Syn)));
            Assert.True(_runner.Turn());
        }
    }

    public void Dispose()
    {
        _runner.Stop();
        _thread?.Join();
        _reader.Dispose();
        _port.Dispose();
        _connections.Dispose();
    }

    [Fact]
    public async Task Several_lists_at_once_are_each_whole()
    {
        Start();

        var lists = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ListAsync()));

        string[] expected = [.. Enumerable.Range(0, Flows).Select(ClientOf).Order(StringComparer.Ordinal)];
        Assert.All(lists, list =>
        {
            Assert.Equal(expected, Clients(list, isTemplate: false));
            Assert.Equal(expected, Clients(list, isTemplate: true));
        });
    }

    [Fact]
    public async Task A_worker_that_does_not_answer_breaks_the_list_off_and_answers_the_next()
    {
        await Assert.ThrowsAsync<TimeoutException>(ListAsync);

        Start();
        Assert.Equal(2 * Flows, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_list_that_nobody_wants_any_more_holds_up_no_other()
    {
        using var enough = new CancellationTokenSource();
        var list = ListAsync(enough.Token);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => list);

        Start();
        Assert.Equal(2 * Flows, (await ListAsync()).Count);
    }

    private static string ClientOf(int flow) => $"10.{1 + (flow >> 16)}.{flow >> 8 & 0xff}.{flow & 0xff}";

    private static IEnumerable<string> Clients(IEnumerable<ConnectionEntry> list, bool isTemplate) => list
        .Where(entry => entry.IsTemplate == isTemplate)
        .Select(entry => entry.Client.Address.ToString())
        .Order(StringComparer.Ordinal);

    private void Start()
    {
        _thread = new Thread(_runner.Run);
        _thread.Start();
    }

    private Task<List<ConnectionEntry>> ListAsync() => ListAsync(CancellationToken.None);

    private async Task<List<ConnectionEntry>> ListAsync(CancellationToken cancellation)
    {
        var list = new List<ConnectionEntry>();
        await foreach (var entries in TableReader.ReadAllAsync([_reader], cancellation)) list.AddRange(entries);
        return list;
    }

    private sealed class Standing : IMonoClock
    {
        public MonoTime Now => MonoTime.Zero;
    }
}
