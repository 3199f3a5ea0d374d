using System.Runtime.ExceptionServices;
using Director.Lab.Namespaces;
using Director.Linux;

namespace Director.Tests.Support;

/// <summary>
/// Runs code inside a namespace, on a thread of its own that enters it by setns(2) and ends with it: setns moves one thread only, and no
/// thread that was moved may return to a pool. A socket belongs to the namespace it was opened in, so what is opened here may be used
/// anywhere; but code after an <c>await</c> continues on the pool, outside.
/// </summary>
internal sealed class NamespaceThread
{
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;

    private NamespaceThread(NetworkNamespace where, Action action)
    {
        _thread = new Thread(() =>
        {
            try
            {
                ThreadNamespace.Enter(where.Path);
                action();
            }
            catch (Exception error)
            {
                _failure = ExceptionDispatchInfo.Capture(error);
            }
        })
        { IsBackground = true, Name = where.Name };
        _thread.Start();
    }

    /// <summary>Starts <paramref name="action"/> in <paramref name="where"/>; <see cref="Join"/> waits for it.</summary>
    public static NamespaceThread Start(NetworkNamespace where, Action action) => new(where, action);

    /// <summary>Runs <paramref name="action"/> in <paramref name="where"/> to its end; throws what it throws.</summary>
    public static void Run(NetworkNamespace where, Action action) => Start(where, action).Join();

    /// <summary>Runs <paramref name="function"/> in <paramref name="where"/> and returns its result; throws what it throws.</summary>
    public static T Run<T>(NetworkNamespace where, Func<T> function)
    {
        T? result = default;
        Run(where, () => { result = function(); });
        return result!;
    }

    /// <summary>Waits for the end of the action and throws what it threw.</summary>
    public void Join()
    {
        _thread.Join();
        _failure?.Throw();
    }
}
