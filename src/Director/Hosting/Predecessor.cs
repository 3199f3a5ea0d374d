using System.Diagnostics;
using Director.Control;
using Director.Linux.Netlink;
using Director.Linux.PacketMmap;
using Microsoft.Extensions.Logging;

namespace Director.Hosting;

/// <summary>
/// A director whose main process died leaves its VRRP process, which resigns and only then lets the devices go. A successor that is
/// started at once would find them taken.
/// </summary>
internal static class Predecessor
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>A VRRP process notices its main process's death at once, and a stalled one is killed by the service manager.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Waits while an XDP program or a shield is on one of <paramref name="devices"/> or a device has the name of the way into the host,
    /// but not for ever: what is there then is somebody else's, and is refused as such.
    /// </summary>
    public static async Task LetGoAsync(
        RouteState routes, IReadOnlyList<PortDevice> devices, string hostDevice, ILogger log, CancellationToken cancellation)
    {
        var told = false;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(Look, cancellation))
        {
            var taken = routes.Links().FirstOrDefault(link =>
                link.Name == hostDevice || (devices.Any(device => device.LinkIndex == link.Index) && IsHeld(link)));
            if (taken is null) return;
            if (told) continue;
            told = true;
            log.LogInformation("{Device} is still in use, perhaps by a predecessor that resigns: waiting for it up to {Patience} s",
                taken.Name, Patience.TotalSeconds);
        }
    }

    private static bool IsHeld(LinkEntry link) => link.Xdp is not null || TappedDevice.IsShielded(link.Index);
}
