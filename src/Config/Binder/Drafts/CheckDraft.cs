using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary>A check of a real server in the making, of any kind.</summary>
internal abstract class CheckDraft(Statement header)
{
    public Statement Header => header;

    /// <summary>What every kind of check has.</summary>
    public CheckDefaultsDraft Settings { get; } = new();

    /// <summary>
    /// The check with its defaults filled in, or none if it cannot be, and that has been said. More than one where keepalived makes several
    /// of one block.
    /// </summary>
    public abstract IEnumerable<CheckConfig> Complete(CheckCompletion completion);
}
