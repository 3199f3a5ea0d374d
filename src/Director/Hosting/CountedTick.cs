namespace Director.Hosting;

/// <summary>
/// Tells of each second that has passed, after what XDP has forwarded until then was counted: estimates are of what was counted. One that
/// comes while the count before lasts is told of without. One caller at a time.
/// </summary>
/// <param name="count">Counts; it has ended when its task has, and does not fail.</param>
/// <param name="tell">Tells of a second; on any thread.</param>
internal sealed class CountedTick(Func<Task> count, Action tell)
{
    private Task _counting = Task.CompletedTask;

    /// <summary>A second has passed.</summary>
    public void Tick()
    {
        if (_counting.IsCompleted) _counting = CountAsync();
        else tell();
    }

    private async Task CountAsync()
    {
        await count();
        tell();
    }
}
