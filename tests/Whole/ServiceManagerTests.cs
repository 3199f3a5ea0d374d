using System.Net.Sockets;
using System.Text;
using Director.Tests.Support;

namespace Director.Tests.Whole;

/// <summary>What a service manager is told (sd_notify(3)): by it <c>systemctl</c> waits for a reload and shows how it went.</summary>
public sealed class ServiceManagerTests
{
    [KernelFact]
    public async Task A_reload_is_announced_and_its_end_too_with_what_came_of_it()
    {
        using var director = new TrackingDirector();
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(director.File("notify")));
        // The host library takes whoever is started by a process of that name for a service.
        var systemd = director.Script("systemd", "trap 'kill -TERM $child' TERM\n\"$@\" &\nchild=$!\nwait $child\nwait $child");
        director.Prefix = [systemd];
        director.Environment["NOTIFY_SOCKET"] = director.File("notify");
        var one = TrackingDirector.Instance("VI_1", 84, "");
        director.Start(one);
        Assert.Equal("READY=1", await NextAsync(manager));

        File.WriteAllText(director.ConfigFile, one.Replace("priority 100", "priority 90", StringComparison.Ordinal));
        Assert.Equal(0, (await director.RunAsync("reload")).Exit);
        Assert.StartsWith("RELOADING=1\nMONOTONIC_USEC=", await NextAsync(manager), StringComparison.Ordinal);
        Assert.StartsWith("READY=1\nSTATUS=configuration 2 is in force since ", await NextAsync(manager), StringComparison.Ordinal);

        File.WriteAllText(director.ConfigFile, one.Replace("priority 100", "priority many", StringComparison.Ordinal));
        Assert.Equal(1, (await director.RunAsync("reload")).Exit);
        Assert.StartsWith("RELOADING=1\n", await NextAsync(manager), StringComparison.Ordinal);
        var end = await NextAsync(manager);
        Assert.StartsWith("READY=1\nSTATUS=the last reload was refused, the configuration before goes on: ", end, StringComparison.Ordinal);
        Assert.Contains("many", end, StringComparison.Ordinal);
    }

    private static async Task<string> NextAsync(Socket manager)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var room = new byte[4096];
        return Encoding.UTF8.GetString(room, 0, await manager.ReceiveAsync(room, patience.Token)).Trim();
    }
}
