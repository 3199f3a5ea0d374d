using System.CommandLine;
using System.Globalization;
using Director.Commands;
using Director.Lab;
using Director.VrrpProcess;

// The VRRP process is started from this binary too, and first of all: it is there to lose no time.
if (args is [VrrpCommand.Verb, VrrpCommand.ControlOption, var descriptor])
    return VrrpProcessEntry.Run(int.Parse(descriptor, CultureInfo.InvariantCulture));

// So are the lab's own children; their verbs are not for people.
if (await LabVerbs.RunAsync(args) is { } code) return code;

var root = new RootCommand("Owns virtual IPs by VRRP, watches real servers, and forwards their packets: keepalived and IPVS in one program")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    ConvertCommand.Create(),
    ReloadCommands.Plan(),
    ReloadCommands.Reload(),
    StateCommands.Status(),
    StateCommands.Services(),
    ConnectionsCommand.Create(),
    StateCommands.Stats(),
    IpvsadmCommand.Create(),
    GenhashCommand.Create(),
    LabCommands.Create(),
};
// A command that is told to stop has this long to leave in order; the director needs less than two seconds, the lab removes its network.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
