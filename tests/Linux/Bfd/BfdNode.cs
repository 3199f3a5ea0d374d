using System.Collections.Concurrent;
using Director.Bfd;
using Director.Bfd.Ports;
using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Bfd;
using Director.Linux.Vrrp;
using Director.Net;
using Director.Tests.Linux.Vrrp;
using Director.Tests.Support;

namespace Director.Tests.Linux.Bfd;

/// <summary>A runner on the kernel's link, on a thread in a namespace.</summary>
internal sealed class BfdNode : IBfdObserver, IDisposable
{
    private readonly WakeSignal _wake = new();
    private readonly ConcurrentQueue<Action<BfdRunner>> _asked = new();
    private readonly NamespaceThread _thread;
    private readonly Lock _gate = new();
    private readonly List<string> _log = [];
    private volatile bool _stopping;
    private bool _isMute;
    private long _received;
    private MonoTime _heardAt;

    private BfdNode(NetworkNamespace where, BfdSettings[] settings) => _thread = NamespaceThread.Start(where, () =>
    {
        using var waiter = new RawVrrpLink(MonotonicClock.Instance, Write);
        waiter.Watch(_wake.Handle);
        using var link = new UdpBfdLink(waiter.Watch, Write);
        var runner = new BfdRunner(link, this, MonotonicClock.Instance, (ulong)Random.Shared.NextInt64());
        runner.Configure(settings);
        while (!_stopping)
        {
            waiter.Wait(runner.NextDeadline);
            _wake.Reset();
            runner.Turn();
            Listen(runner);
            while (_asked.TryDequeue(out var ask)) ask(runner);
        }

        if (!_isMute) runner.Shutdown();
    });

    public static BfdNode Start(NetworkNamespace where, params BfdSettings[] settings) => new(where, settings);

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_gate) return [.. _log];
        }
    }

    /// <summary>How long nothing had been heard on the node's only session when it last fell.</summary>
    public TimeSpan SilenceAtFall { get; private set; }

    /// <summary>What <paramref name="question"/> answers on the runner's thread.</summary>
    public T Ask<T>(Func<BfdRunner, T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Enqueue(runner => answer.SetResult(question(runner)));
        _wake.Signal();
        Assert.True(answer.Task.Wait(TimeSpan.FromSeconds(30)), "the node's thread does not answer");
        return answer.Task.Result;
    }

    public BfdState State(string session) => Ask(runner => runner.Sessions.Single(one => one.Settings.Name == session).State);

    public void AwaitState(string session, BfdState state, Func<string>? picture = null) =>
        VrrpLab.Await($"{session} {state}", () => State(session) == state, () => $"{string.Join('\n', Log)}\n{picture?.Invoke()}");

    public void Configure(params BfdSettings[] settings) => Ask(runner =>
    {
        runner.Configure(settings);
        return true;
    });

    public void StateChanged(BfdSession session, in BfdEffect report)
    {
        if (report.Before == BfdState.Up) SilenceAtFall = MonotonicClock.Instance.Now - _heardAt;
        Write($"{session.Settings.Name} {report.State} {report.Diagnostic}");
    }

    public void Rejected(BfdSession session, BfdRejection reason, IpAddress128 source) => Write($"rejected {reason} {source}");

    public void SendFailed(BfdSession session) => Write($"{session.Settings.Name} send failed");

    /// <summary>Ends it as a crash does, without a word to its neighbours.</summary>
    public void Crash()
    {
        _isMute = true;
        Stop();
    }

    /// <summary>Tells the neighbours and waits for the end.</summary>
    public void Stop()
    {
        _stopping = true;
        _wake.Signal();
        _thread.Join();
    }

    public void Dispose()
    {
        if (!_stopping) Stop();
        _wake.Dispose();
    }

    private void Listen(BfdRunner runner)
    {
        if (runner.Sessions is not [var session] || session.Counters.PacketsReceived == _received) return;
        (_received, _heardAt) = (session.Counters.PacketsReceived, MonotonicClock.Instance.Now);
    }

    private void Write(string line)
    {
        lock (_gate) _log.Add(line);
    }
}
