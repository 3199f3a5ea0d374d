namespace Director.Config;

/// <summary>Files for the examples of rules: whole and sound but for the lines put in.</summary>
internal static class Samples
{
    /// <summary>A virtual router with more lines.</summary>
    public static string Instance(string lines) => Group("", lines);

    /// <summary>The same with text before it.</summary>
    public static string Group(string before, string lines) =>
        before + "vrrp_instance VI_1 {\n    interface eth0\n    virtual_router_id 51\n" + Lines(lines, "    ")
        + "    virtual_ipaddress {\n        192.0.2.10/24\n    }\n}\n";

    /// <summary>A virtual router beside that of <see cref="Instance"/>, on another network.</summary>
    public static string Other(string name) =>
        $"vrrp_instance {name} {{\n    interface eth1\n    virtual_router_id 52\n"
        + "    virtual_ipaddress {\n        198.51.100.1\n    }\n}\n";

    /// <summary>A text with one part of it marked, wherever it stands.</summary>
    public static string Mark(string text, string part) =>
        text.Replace(part, $"{LintRule.Opening}{part}{LintRule.Closing}", StringComparison.Ordinal);

    /// <summary>A virtual server of TCP with more lines and one checked real server.</summary>
    public static string Service(string lines) => Service("192.0.2.10 80", lines + "\n" + Server("192.0.2.21 80", ""));

    /// <summary>A virtual server of that address with those lines, real servers included.</summary>
    public static string Service(string header, string lines) =>
        $"virtual_server {header} {{\n    lb_algo rr\n    lb_kind NAT\n    protocol TCP\n" + Lines(lines, "    ") + "}\n";

    /// <summary>A real server with a check and more lines.</summary>
    public static string Server(string header, string lines) =>
        $"real_server {header} {{\n" + Lines(lines, "        ") + "        TCP_CHECK {\n        }\n    }";

    private static string Lines(string lines, string indent) =>
        lines.Trim('\n').Length == 0 ? "" : indent + lines.Trim('\n') + "\n";
}
