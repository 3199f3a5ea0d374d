using System.Runtime.ExceptionServices;
using Director.Lab.Namespaces;
using Director.Linux;

namespace Director.Perf.Topology;

/// <summary>Work on a thread of its own that enters a namespace and ends there (<see cref="ThreadNamespace"/>).</summary>
internal sealed class NamespaceThread
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    private NamespaceThread(NetworkNamespace where, Action work, int? processor)
    {
        _thread = new Thread(() =>
        {
            try
            {
                if (processor is { } number) ThreadPinning.PinCurrentThread(number);
                ThreadNamespace.Enter(where.Path);
                work();
            }
            catch (Exception error)
            {
                _failure = ExceptionDispatchInfo.Capture(error);
            }
        })
        { IsBackground = true, Name = where.Role };
        _thread.Start();
    }

    /// <summary>Starts <paramref name="work"/> in <paramref name="where"/>, on <paramref name="processor"/> alone if given.</summary>
    public static NamespaceThread Start(NetworkNamespace where, Action work, int? processor = null) => new(where, work, processor);

    /// <summary>Does <paramref name="work"/> in <paramref name="where"/> and returns its result; throws what it throws.</summary>
    public static T Run<T>(NetworkNamespace where, Func<T> work)
    {
        T? result = default;
        Start(where, () => { result = work(); }).Join();
        return result!;
    }

    /// <summary>Waits for the end of the work; throws what it threw.</summary>
    public void Join()
    {
        _thread.Join();
        _failure?.Throw();
    }
}
