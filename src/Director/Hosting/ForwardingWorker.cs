using System.Globalization;
using Director.Datapath;
using Director.Datapath.Stats;
using Director.Datapath.Tables;
using Director.Linux;
using Director.Linux.Xdp;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>One worker: its port, its connections and the thread that runs them. Control makes and ends it.</summary>
internal sealed class ForwardingWorker(int number, XskPort port, ConnectionTable connections, ForwardingRunner runner) : IDisposable
{
    private Thread? _thread;
    private long _seen = -1;

    /// <summary>Its port, for the counters.</summary>
    public XskPort Port => port;

    /// <summary>What its forwarder has counted.</summary>
    public WorkerCounters Counters => runner.Forwarder.Counters;

    /// <summary>Connections that it remembers.</summary>
    public int Connections => connections.Count;

    /// <summary>Starts the thread. <paramref name="failed"/> is called on it if the loop ends by an exception.</summary>
    public void Start(bool pin, Action<Exception> failed, ILogger log)
    {
        _thread = new Thread(() =>
        {
            try
            {
                if (pin) Pin(log);
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

    /// <summary>Whether the loop has gone round since this was last asked.</summary>
    public bool HasProgressed()
    {
        var progress = runner.Progress;
        var progressed = progress != _seen;
        _seen = progress;
        return progressed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        runner.Stop();
        _thread?.Join();
        port.Dispose();
        connections.Dispose();
    }

    private void Pin(ILogger log)
    {
        var allowed = ThreadPinning.Allowed();
        try
        {
            ThreadPinning.PinCurrentThread(allowed[number % allowed.Count]);
        }
        catch (LinuxException exception)
        {
            log.LogWarning("worker {Worker} is not pinned: {Why}", number, exception.Message);
        }
    }
}
