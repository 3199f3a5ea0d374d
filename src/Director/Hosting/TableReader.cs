using System.Runtime.CompilerServices;
using Director.Datapath;
using Director.Datapath.Stats;

namespace Director.Hosting;

/// <summary>
/// Reads the tables of a worker while it forwards: asks it for one stretch after another, and waits for whoever takes the entries before
/// it asks for the next. Memory is that of one stretch. Any thread; several walks take turns.
/// </summary>
internal sealed class TableReader(ForwardingRunner runner) : IDisposable
{
    /// <summary>A worker goes round its loop ten times a second when nothing happens; one that does not has stalled.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>All connections of all workers, then all templates.</summary>
    /// <exception cref="TimeoutException">A worker does not answer.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<ConnectionEntry>> ReadAllAsync(
        IReadOnlyList<TableReader> workers, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var worker in workers)
            await foreach (var entries in worker.ReadAsync(answered => new ConnectionScan(answered), cancellation))
                yield return entries;
        await foreach (var entries in workers[0].ReadAsync(answered => new TemplateScan(answered), cancellation)) yield return entries;
    }

    /// <summary>Has the worker count what the XDP programs have forwarded of its connections, and waits for it.</summary>
    /// <exception cref="TimeoutException">The worker does not answer.</exception>
    public async Task CountOffloadedAsync(CancellationToken cancellation)
    {
        // As below.
        var answered = new SemaphoreSlim(0);
        await AskAsync(new OffloadCount(() => answered.Release()), answered, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async IAsyncEnumerable<IReadOnlyList<ConnectionEntry>> ReadAsync(
        Func<Action, TableScan> walk, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var entries = new List<ConnectionEntry>(TableScan.Slots);

        // Not disposed of: a worker that answers too late still has it.
        var answered = new SemaphoreSlim(0);
        var scan = walk(() => answered.Release());
        while (!scan.IsAtEnd)
        {
            entries.Clear();
            await AskAsync(scan, answered, cancellation);
            scan.Read(entries);
            if (entries.Count > 0) yield return entries;
        }
    }

    private async Task AskAsync(WorkerQuestion question, SemaphoreSlim answered, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            runner.Ask(question);
            if (await answered.WaitAsync(Patience, cancellation)) return;
            runner.Withdraw(question);
            throw new TimeoutException("a worker does not answer");
        }
        catch (OperationCanceledException)
        {
            runner.Withdraw(question);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }
}
