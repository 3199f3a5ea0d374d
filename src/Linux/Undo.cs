namespace Director.Linux;

/// <summary>
/// What has been opened so far on the way to something that needs all of it: given back in reverse unless the way was completed.
/// </summary>
internal sealed class Undo : IDisposable
{
    private readonly Stack<IDisposable> _opened = new();

    /// <summary>Remembers <paramref name="opened"/> and returns it.</summary>
    public T Add<T>(T opened)
        where T : IDisposable
    {
        _opened.Push(opened);
        return opened;
    }

    /// <summary>The way is completed: nothing is given back.</summary>
    public void Keep() => _opened.Clear();

    /// <summary>Gives back what is still remembered.</summary>
    public void Dispose()
    {
        while (_opened.TryPop(out var opened)) opened.Dispose();
    }
}
