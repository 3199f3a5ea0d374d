using System.CommandLine;
using Director.Commands;
using Director.Lab;

// The lab's own children are started from this binary too; their verbs are not for people.
if (await LabVerbs.RunAsync(args) is { } code) return code;

var root = new RootCommand("Owns virtual IPs by VRRP, watches real servers, and forwards their packets: keepalived and IPVS in one program")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    StatusCommand.Create(),
    LabCommands.Create(),
};
return await root.Parse(args).InvokeAsync();
