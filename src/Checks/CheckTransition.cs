namespace Director.Checks;

/// <summary>What an attempt changed about its check.</summary>
public enum CheckTransition
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It passes: it did not before, or this was the first attempt that said anything.</summary>
    Passed,

    /// <summary>It fails: it passed before, or this was the first attempt that said anything.</summary>
    Failed,
}
