using System.CommandLine;
using Director.Lab;

namespace Director.Commands;

/// <summary><c>director lab</c>: the scenarios, played in network namespaces of this machine.</summary>
internal static class LabCommands
{
    public static Command Create()
    {
        var scenario = new Option<string>("--scenario")
        {
            Description = "Which one: failover (VRRP alone), balance (with real servers), or all",
            DefaultValueFactory = _ => "all",
        };
        scenario.AcceptOnlyFromAmong("failover", "balance", "all");
        var keep = new Option<bool>("--keep") { Description = "Leave the network standing at the end, and say how to look inside" };
        const string about =
            "Watch two directors and two web servers in network namespaces of this machine: exit 0 if all went as it should";
        var command = new Command("lab", about) { scenario, keep };
        command.SetAction((parsed, cancellation) =>
            LabCommand.RunAsync(new() { Scenario = parsed.GetValue(scenario)!, Keep = parsed.GetValue(keep) }, cancellation));
        return command;
    }
}
