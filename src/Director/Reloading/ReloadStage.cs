namespace Director.Reloading;

/// <summary>What a part of the director has begun for a reload. Exactly one of the two is called, once; neither can fail.</summary>
/// <param name="Commit">Lets go what only the configuration before wanted.</param>
/// <param name="Undo">Has the configuration before in force again, and what that knew.</param>
internal sealed record ReloadStage(Action Commit, Action Undo)
{
    /// <summary>For a part that has nothing to let go or to take back.</summary>
    public static ReloadStage None { get; } = new(() => { }, () => { });
}
