using System.Collections;
using System.Reflection;
using Director.Config;
using Director.Tests.Config;

namespace Director.Tests.Documentation;

public sealed class DefaultTests
{
    /// <summary>A configuration for each block, with a place for one more line in it.</summary>
    private static readonly Dictionary<string, string> Places = new()
    {
        ["global_defs"] = "global_defs {\n@\n}\n" + Instance("") + Service("", ""),
        ["vrrp_instance"] = Instance("@"),
        ["garp_group"] = "garp_group {\ninterface eth0\n@\n}\n" + Instance(""),
        ["vrrp_script"] = "vrrp_script S {\nscript /bin/true\n@\n}\n" + Instance("track_script {\nS\n}"),
        ["vrrp_track_file, track_file"] = "track_file F {\nfile /a\n@\n}\n" + Instance("track_file {\nF\n}"),
        ["vrrp_track_process"] = "vrrp_track_process P {\nprocess a\n@\n}\n" + Instance("track_process {\nP\n}"),
        ["bfd_instance"] = "bfd_instance B {\nneighbor_ip 10.0.0.7\n@\n}\n",
        ["virtual_server"] = Service("@", ""),
        ["real_server"] = Service("", "@"),
    };

    public static IEnumerable<object[]> Literals =>
        from fact in KeywordFacts.All where fact.IsLiteral select new object[] { fact.Block, $"{fact.Keyword} {fact.Default}" };

    [Theory]
    [MemberData(nameof(Literals))]
    public void What_is_said_to_be_the_default_is_what_holds_without_the_keyword(string block, string line)
    {
        if (block == KeywordFacts.OfChecks) block = "TCP_CHECK";
        var rest = block.EndsWith("_GET", StringComparison.Ordinal) ? "url {\npath /\n}\n" : "";
        var place = Places.GetValueOrDefault(block) ?? Service("", $"{block} {{\n{rest}@\n}}");

        var with = Reading.Read(place.Replace("@", line, StringComparison.Ordinal));
        var without = Reading.Read(place.Replace("@", "", StringComparison.Ordinal));

        Assert.DoesNotContain(with.Diagnostics, diagnostic => diagnostic.Severity == Severity.Error);
        Assert.Equal(Content(without.Config), Content(with.Config));
    }

    private static string Instance(string line) => $$"""
        vrrp_instance V {
        interface eth0
        virtual_router_id 1
        virtual_ipaddress {
        10.0.0.1
        }
        {{line}}
        }

        """;

    private static string Service(string line, string serverLine) => $$"""
        virtual_server 10.0.0.1 80 {
        real_server 10.0.0.2 80 {
        {{serverLine}}
        }
        {{line}}
        }

        """;

    /// <summary>All values of a model, in order.</summary>
    private static string Content(object? value) => value switch
    {
        null => "-",
        string text => $"'{text}'",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Content))}]",
        _ when value.GetType() is { IsEnum: false } type && type.Assembly == typeof(DirectorConfig).Assembly =>
            $"{{{string.Join(", ", Values(value))}}}",
        _ => $"{value}",
    };

    private static IEnumerable<string> Values(object value) =>
        from property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike
        select $"{property.Name}={Content(property.GetValue(value))}";
}
