using Director.Net;

namespace Director.Config.Binder;

/// <summary>A <c>virtual_rules</c> or <c>static_rules</c> block in the making.</summary>
internal sealed class RulesDraft(RulePriorities priorities, bool isStatic = false)
{
    /// <summary>The priorities for rules that have none.</summary>
    public RulePriorities Priorities => priorities;

    /// <summary>Whether the host has them whoever is master.</summary>
    public bool IsStatic => isStatic;

    /// <summary>What instances are bound to.</summary>
    public List<TrackedStatic> Tracked { get; } = [];

    /// <summary>The lines that can be read.</summary>
    public List<VirtualRule> Lines { get; } = [];
}
