using System.Globalization;
using System.Text;

namespace Director.Perf.Routers.Peers;

/// <summary>A plan as keepalived.conf(5) has it.</summary>
internal static class KeepalivedText
{
    /// <summary>The whole file.</summary>
    public static string Of(PeerPlan plan)
    {
        var text = new StringBuilder();
        if (plan.Globals.Count > 0) Block(text, "global_defs", plan.Globals);
        foreach (var block in plan.Blocks) text.AppendLine(block);
        foreach (var router in plan.Routers) Block(text, $"vrrp_instance {router.Name}", Lines(router));
        return text.ToString();
    }

    private static IEnumerable<string> Lines(RouterPlan router)
    {
        yield return $"state {router.State}";
        yield return $"interface {router.Device}";
        yield return Number("virtual_router_id", router.Id);
        yield return Number("version", router.Version);
        yield return Number("priority", router.Priority);
        yield return string.Create(CultureInfo.InvariantCulture, $"advert_int {router.Interval.TotalSeconds:0.##}");
        foreach (var line in router.More) yield return line;
        yield return "virtual_ipaddress {";
        foreach (var address in router.Addresses) yield return "  " + address;
        yield return "}";
    }

    private static string Number(string keyword, int value) => string.Create(CultureInfo.InvariantCulture, $"{keyword} {value}");

    private static void Block(StringBuilder text, string head, IEnumerable<string> lines)
    {
        text.AppendLine($"{head} {{");
        foreach (var line in lines) text.AppendLine("  " + line);
        text.AppendLine("}");
    }
}
