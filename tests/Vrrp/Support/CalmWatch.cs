using Director.Net;

namespace Director.Tests.Vrrp.Support;

/// <summary>Looks at a LAN on which nothing goes wrong any more, and holds it to the bounds of its plan.</summary>
internal sealed class CalmWatch
{
    private readonly SimulatedPlan _plan;
    private readonly List<SimulatedNode> _nodes;
    private readonly MonoTime _start;
    private readonly MonoTime[] _overlapSince;
    private readonly SimulatedNode?[] _rightful;
    private readonly SimulatedNode?[] _settled;

    public CalmWatch(SimulatedPlan plan, List<SimulatedNode> nodes, MonoTime now)
    {
        (_plan, _nodes, _start) = (plan, nodes, now);
        var instances = plan.Nodes[0].Length;
        _overlapSince = new MonoTime[instances];
        Array.Fill(_overlapSince, MonoTime.Never);
        _rightful = new SimulatedNode?[instances];
        _settled = new SimulatedNode?[instances];
    }

    /// <summary>Until when it must be looked at: three adverts after nothing may change any more.</summary>
    public MonoTime End => Settled + (_plan.LongestInterval * 3);

    private MonoTime Settled => _start + _plan.Settling;

    public void Look(MonoTime now)
    {
        for (var i = 0; i < _overlapSince.Length; i++)
        {
            var (masters, highest) = Masters(i);
            LookAtNumber(now, i, masters);
            LookAtOverlap(now, i, masters, highest);
            if (now > Settled) LookAtPeace(i, highest!);
        }

        if (_plan.IsGrouped) LookAtGroups(now);
    }

    private (int Count, SimulatedNode? Highest) Masters(int instance)
    {
        var (count, highest) = (0, default(SimulatedNode));
        foreach (var node in _nodes)
        {
            if (!node.IsMaster(instance)) continue;
            count++;
            if (highest is null || Outranks(node, highest, instance)) highest = node;
        }

        return (count, highest);
    }

    private static bool Outranks(SimulatedNode one, SimulatedNode other, int instance)
    {
        var (mine, theirs) = (one.Routers[instance].EffectivePriority, other.Routers[instance].EffectivePriority);
        return mine > theirs || (mine == theirs && one.Address > other.Address);
    }

    private void LookAtNumber(MonoTime now, int instance, int masters)
    {
        if (masters == 0 && now > _start + _plan.Silence + SimulatedPlan.Delay) Fail(now, $"nobody is master of instance {instance}");
        if (masters > 1 && now > Settled) Fail(now, $"{masters} are master of instance {instance}");
    }

    /// <summary>Of several masters the highest stays, and it takes no longer than it may until it is alone.</summary>
    private void LookAtOverlap(MonoTime now, int instance, int masters, SimulatedNode? highest)
    {
        if (masters > 1)
        {
            if (_overlapSince[instance].IsNever) _overlapSince[instance] = now;
            if (now - _overlapSince[instance] > _plan.Overlap) Fail(now, $"{masters} are master of instance {instance} for too long");
            if (_rightful[instance] is not { } before || Outranks(highest!, before, instance)) _rightful[instance] = highest;
            return;
        }

        _overlapSince[instance] = MonoTime.Never;
        if (_rightful[instance] is { } rightful && highest != rightful) Fail(now, $"of instance {instance} not {rightful} stayed master");
        _rightful[instance] = null;
    }

    /// <summary>Nothing changes, and nobody higher who may preempt is left out.</summary>
    private void LookAtPeace(int instance, SimulatedNode master)
    {
        _settled[instance] ??= master;
        if (_settled[instance] != master) Fail(End, $"the master of instance {instance} changes");
        foreach (var node in _nodes)
        {
            if (!node.IsAlive || node.Settings.NoPreempt) continue;
            if (node.Routers[instance].EffectivePriority > master.Routers[instance].EffectivePriority)
                Fail(End, $"{node} does not preempt instance {instance}");
        }
    }

    private void LookAtGroups(MonoTime now)
    {
        foreach (var node in _nodes)
        {
            for (var i = 1; node.IsAlive && i < node.Routers.Length; i++)
            {
                if (node.IsMaster(0) != node.IsMaster(i)) Fail(now, $"the group of {node} is not together");
            }
        }
    }

    private void Fail(MonoTime now, string what) => throw new SimulationFailure(
        $"{(now - _start).TotalSeconds:f3} s into the calm {what}: {string.Join("; ", _nodes)}");
}
