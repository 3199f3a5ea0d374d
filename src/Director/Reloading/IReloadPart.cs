namespace Director.Reloading;

/// <summary>A part of the director that follows the configuration.</summary>
internal interface IReloadPart
{
    /// <summary>What it is called where it refuses.</summary>
    string Name { get; }

    /// <summary>
    /// Has the new configuration in force, beside what only the old one wanted. All that can fail is done here; after an exception nothing
    /// has changed in this part.
    /// </summary>
    ReloadStage Begin(ReloadContext reload);
}
