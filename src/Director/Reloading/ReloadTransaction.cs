using System.Diagnostics;

namespace Director.Reloading;

/// <summary>
/// A reload, whole or not at all: every part begins, in order, and only if none has refused is anything let go that the configuration
/// before wanted.
/// </summary>
internal static class ReloadTransaction
{
    /// <summary>
    /// Runs it. If a part throws, the parts before it are undone, the last first.
    /// </summary>
    /// <param name="parts">In the order in which they begin: what is added is served before it is announced.</param>
    /// <param name="reload">The configuration.</param>
    /// <param name="took">Told of each part's name and how long it has taken, commit included.</param>
    /// <exception cref="ReloadRefusedException">A part has refused; everything is as before.</exception>
    public static void Run(IReadOnlyList<IReloadPart> parts, ReloadContext reload, Action<string, TimeSpan> took)
    {
        var begun = new List<(IReloadPart Part, ReloadStage Stage, TimeSpan Took)>(parts.Count);
        foreach (var part in parts)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                begun.Add((part, part.Begin(reload), Stopwatch.GetElapsedTime(started)));
            }
            catch (Exception refusal)
            {
                foreach (var (_, stage, _) in Enumerable.Reverse(begun)) stage.Undo();
                throw new ReloadRefusedException(part.Name, refusal);
            }
        }

        foreach (var (part, stage, already) in begun)
        {
            var started = Stopwatch.GetTimestamp();
            stage.Commit();
            took(part.Name, already + Stopwatch.GetElapsedTime(started));
        }
    }
}
