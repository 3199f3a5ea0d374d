using System.Globalization;
using Director.Admin;
using Director.Datapath;
using Director.Datapath.Ports;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Linux;
using Director.Net;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>
/// One worker: its port, its connections and the thread that runs them. Control makes and ends it, and gives it another port in between.
/// </summary>
internal sealed class ForwardingWorker(int number, IWorkerPort port, ConnectionTable connections, ForwardingRunner runner) : IDisposable
{
    private readonly ProgressWatch _watch = new();
    private IWorkerPort _port = port;
    private Thread? _thread;

    /// <summary>Its number.</summary>
    public int Number => number;

    /// <summary>Its sockets, in words.</summary>
    public IEnumerable<string> Sockets => _port.Sockets;

    /// <summary>Flows that the XDP programs have of it.</summary>
    public int Flows => runner.Forwarder.Flows;

    /// <summary>Its tables, for those who list them.</summary>
    public TableReader Reader { get; } = new(runner);

    /// <summary>What it has counted: its forwarder, its port, its sockets, and the kernel for them.</summary>
    public WorkerStatus Status()
    {
        var counted = runner.Forwarder.Counters;
        var counters = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var counter in Enum.GetValues<WorkerCounter>()) counters[CounterName.Of(counter)] = counted[counter];
        foreach (var reason in Enum.GetValues<DropReason>()) counters["drop." + CounterName.Of(reason)] = counted[reason];
        counters["connections"] = connections.Count;
        _port.Count(counters);
        return new(number, counters);
    }

    /// <summary>
    /// Starts the thread, on <paramref name="processor"/> alone if given. <paramref name="failed"/> is called on it if the loop ends by an
    /// exception.
    /// </summary>
    public void Start(int? processor, Action<Exception> failed, ILogger log)
    {
        _thread = new Thread(() =>
        {
            try
            {
                if (processor is { } own) Pin(own, log);
                runner.Run();
            }
            catch (Exception exception)
            {
                failed(exception);
            }
        })
        {
            IsBackground = true,
            Name = string.Create(CultureInfo.InvariantCulture, $"worker-{number}"),
        };
        _thread.Start();
    }

    /// <summary>
    /// An instant at which the loop still went round; see <see cref="ProgressWatch"/>. From its next sleep on it sleeps no longer than
    /// <paramref name="period"/>, in which this is asked.
    /// </summary>
    public MonoTime ProgressedAt(MonoTime now, TimeSpan period)
    {
        runner.LongestSleep = period;
        return _watch.Look(runner.Progress, now);
    }

    /// <summary>Ends the thread and waits for it.</summary>
    public void Stop()
    {
        runner.Stop();
        _thread?.Join();
    }

    /// <summary>Closes the port; the worker has stopped. Frames in its rings are lost, connections stay.</summary>
    public void ClosePort() => _port.Dispose();

    /// <summary>Takes another port, for the next start.</summary>
    public void MoveTo(IWorkerPort port)
    {
        _port = port;
        runner.MoveTo(port.Frames);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        Reader.Dispose();
        ClosePort();
        connections.Dispose();
    }

    private void Pin(int processor, ILogger log)
    {
        try
        {
            ThreadPinning.PinCurrentThread(processor);
        }
        catch (LinuxException exception)
        {
            log.LogWarning("worker {Worker} is not pinned: {Why}", number, exception.Message);
        }
    }
}
