namespace Director.Config.Binder;

/// <summary>What is kept of a block that is known but not supported yet: nothing.</summary>
internal sealed class IgnoredDraft;
