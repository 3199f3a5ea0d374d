using Director.Admin;
using Director.Checks;
using Director.Linux.Netlink;
using Director.Net;
using Director.Reloading;
using Director.VrrpProcess;

namespace Director.Control;

/// <summary>What the control loop is told. Every change of state comes by this channel, one at a time.</summary>
internal abstract record ControlEvent
{
    /// <summary>A check has something to say that matters beyond the log.</summary>
    public sealed record Check(CheckEvent Happened) : ControlEvent;

    /// <summary>The kernel's links, addresses or neighbours changed.</summary>
    public sealed record Route(RouteChange Change) : ControlEvent;

    /// <summary>The VRRP process has something to say.</summary>
    public sealed record Vrrp(VrrpReport Report) : ControlEvent;

    /// <summary>The operator wants a configuration in force.</summary>
    public sealed record Reload(ReadConfig Read, TaskCompletionSource<ReloadAnswer> Answer) : ControlEvent;

    /// <summary>The operator wants to know what a configuration would change.</summary>
    public sealed record Plan(ReadConfig Read, TaskCompletionSource<ReloadAnswer> Answer) : ControlEvent;

    /// <summary>The operator wants the estimates to count from here on: a service's, or all. The answer is whether it is there.</summary>
    public sealed record Zero(ServiceKey? Service, TaskCompletionSource<bool> Answer) : ControlEvent;

    /// <summary>Somebody asks for the state.</summary>
    public sealed record Status(TaskCompletionSource<StatusDocument> Answer) : ControlEvent;

    /// <summary>A second has passed.</summary>
    public sealed record Tick : ControlEvent;
}
