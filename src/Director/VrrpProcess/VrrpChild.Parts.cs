using Director.Net;
using Director.Vrrp;

namespace Director.VrrpProcess;

/// <content>The messages that an instance comes in, and the host's.</content>
internal sealed partial class VrrpChild
{
    private HostSettings _host = HostSettings.None;

    private bool TakePart(ControlKind kind, ref ControlReader reader) => kind switch
    {
        ControlKind.Host => ControlCodec.TryReadHost(ref reader, out _host),
        ControlKind.Route => ControlCodec.TryReadRoute(ref reader, out var route) && TryAdd(route),
        ControlKind.Rule => ControlCodec.TryReadRule(ref reader, out var rule) && TryAdd(rule),
        ControlKind.Scheduling => ControlCodec.TryReadScheduling(ref reader, out var settings) && TryApply(settings),
        _ => TryComplete(ref reader),
    };

    private bool TryApply(SchedulingSettings settings)
    {
        _scheduling.Apply(settings);
        return true;
    }

    private bool TryComplete(ref ControlReader reader)
    {
        if (_instances.Count == 0) return false;
        var settings = _instances[^1];
        if (!ControlCodec.TryReadOwnership(ref reader, ref settings)) return false;
        _instances[^1] = settings;
        return true;
    }

    private bool TryAdd(VirtualRoute route)
    {
        if (_instances.Count == 0) _host = _host with { Routes = [.. _host.Routes, route] };
        else _instances[^1] = _instances[^1] with { Routes = [.. _instances[^1].Routes, route] };
        return true;
    }

    private bool TryAdd(VirtualRule rule)
    {
        if (_instances.Count == 0) _host = _host with { Rules = [.. _host.Rules, rule] };
        else _instances[^1] = _instances[^1] with { Rules = [.. _instances[^1].Rules, rule] };
        return true;
    }

    private bool Report(string? problem)
    {
        if (problem is not null) _reporter.Line(true, problem);
        return problem is not null;
    }
}
