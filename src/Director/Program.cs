using System.CommandLine;
using Director.Commands;
using Director.Lab;

if (await LabVerbs.RunAsync(args) is { } labExit) return labExit;

var root = new RootCommand("Owns virtual IPs by VRRP, watches real servers, and forwards their packets: keepalived and IPVS in one program")
{
    RunCommand.Create(),
    CheckCommand.Create(),
    StatusCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
