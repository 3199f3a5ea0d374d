using System.Threading.Channels;
using Director.Hosting;
using Director.Net;
using Director.Vrrp;
using Microsoft.Extensions.Logging;

namespace Director.Control;

internal sealed record VrrpReport;

#pragma warning disable CA1822
/// <summary>temp</summary>
internal sealed class VrrpControl(DirectorSettings settings, ILoggerFactory loggers)
{
    private XdpForwarding? _forwarding;
    public VrrpStanding StandingOf(string name) => new("INIT", "", default, new Dictionary<string, long>());
    public void Apply(VrrpReport report) { _ = settings; _ = loggers; }
    public void Heartbeat() { }
    public Task StartAsync(IReadOnlyList<VrrpInstanceSettings> routers, IReadOnlyList<IpAddress128> statics, XdpForwarding? forwarding, ChannelWriter<ControlEvent> events)
    {
        _forwarding = forwarding;
        return SetStaticAsync(statics);
    }
    public Task SetStaticAsync(IReadOnlyList<IpAddress128> statics)
    {
        foreach (var vip in statics) _forwarding?.Vips.Arm(vip);
        return Task.CompletedTask;
    }
    public Task ReloadAsync(IReadOnlyList<VrrpInstanceSettings> routers, IReadOnlyList<IpAddress128> statics) => Task.CompletedTask;
    public Task StopAsync() => Task.CompletedTask;
}
