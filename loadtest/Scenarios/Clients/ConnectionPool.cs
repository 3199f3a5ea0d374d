using System.Collections.Concurrent;

namespace Director.LoadScenarios.Clients;

/// <summary>
/// Connections that users find and leave open, as a browser or a proxy keeps them. The one that waited longest is taken first, so that none
/// is left idle.
/// </summary>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="open">Makes a new one for the n-th user.</param>
/// <param name="isUsable">Whether one that waited can be used again.</param>
internal sealed class ConnectionPool<T>(Func<long, T> open, Func<T, bool> isUsable)
    where T : class, IDisposable
{
    private readonly ConcurrentQueue<T> _idle = new();

    /// <summary>One that waited, or a new one.</summary>
    public T Take(long user)
    {
        while (_idle.TryDequeue(out var waited))
        {
            if (isUsable(waited)) return waited;
            waited.Dispose();
        }

        return open(user);
    }

    /// <summary>Leaves it for the next user, or closes it if there will be none.</summary>
    public void Return(T used)
    {
        if (isUsable(used)) _idle.Enqueue(used);
        else used.Dispose();
    }
}
