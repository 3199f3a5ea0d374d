using System.Reflection;
using System.Text.Json.Nodes;
using Director.Config;
using Director.Net;

namespace Director.Tests.Config.Writing;

public sealed class ConvertTests
{
    /// <summary>Examples of the repository and of the rules, and the samples that a distribution may have installed.</summary>
    public static TheoryData<string> Texts =>
    [
        .. ConfigFuzz.Examples.Concat(RuleCatalogue.All.SelectMany(rule => new[] { rule.ExampleText, rule.Corrected }).OfType<string>())
            .Concat(Installed("/usr/share/doc/keepalived/samples").Concat(Installed("/etc/keepalived")).Select(File.ReadAllText))
            .Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void What_is_written_means_the_same_and_is_written_the_same_again(string text) => CheckRoundTrip(Read(text));

    [Fact]
    public void Includes_are_written_in_place_comments_and_what_is_unknown_left_out_and_usual_spellings_used()
    {
        var files = new MemoryConfigFiles
        {
            [Reading.Path] = "! a comment\nglobal_defs { router_id \"a b\" }\nfoo {\nbar\n}\ninclude *.d\n",
            ["/etc/keepalived/a.d"] = """
                virtual_server 10.0.0.1   80 { lvs_sched rr # another
                  lvs_method DR
                foo
                  protocol   TCP
                  real_server 10.0.0.2 80
                  {
                  }
                }
                """,
        };

        Assert.Equal("""
            global_defs {
                router_id "a b"
            }

            virtual_server 10.0.0.1 80 {
                lb_algo rr
                lb_kind DR
                protocol TCP
                real_server 10.0.0.2 80 {
                }
            }

            """, ConfigText.Write(ConfigReader.Read(Reading.Path, files, keepsSyntax: true)));
    }

    [Theory]
    [InlineData("global_defs {\nrouter_id a\\#b\n}\n")]
    [InlineData("global_defs {\nrouter_id a${_HASH}b\n}\n")]
    [InlineData("global_defs {\nrouter_id \"a{b} !\"\n}\n")]
    [InlineData("global_defs {\nrouter_id \"\"\n}\n")]
    [InlineData("global_defs {\nrouter_id a\\b\n}\n")]
    [InlineData("global_defs {\nstartup_script \"/bin/x 'a b' \\\\x41 #\" root wheel\n}\n")]
    [InlineData("global_defs {\nstartup_script /bin/x\\ a\\#b${_BANG}\n}\n")]
    [InlineData("global_defs {\nnotification_email { include }\nsmtp_server a 26\n}\n")]
    [InlineData("global_defs {\nnotification_email { @a@b }\nsmtp_server a 26\n}\n")]
    public void Whatever_a_word_holds_it_is_read_as_it_was(string text) => CheckRoundTrip(Read(text));

    /// <summary>Whoever adds a property to the model has it in the JSON; this finds one that is hidden.</summary>
    [Fact]
    public void The_json_has_every_property_of_the_model()
    {
        var types = new HashSet<Type>();
        Collect(typeof(DirectorConfig), types);
        Assert.Contains(typeof(TcpCheckConfig), types);
        Assert.True(types.Count > 30, string.Join(' ', types.Select(type => type.Name)));

        Assert.All(types, type => Assert.Equal(
            Settable(type).Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]).Order(StringComparer.Ordinal),
            ConfigJson.PropertiesOf(type).Where(name => name != "keyword").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_json_has_defaults_filled_in()
    {
        var json = ConfigJson.ToNode(Read("""
            vrrp_instance A {
                interface eth0
                virtual_router_id 7
                virtual_ipaddress {
                    10.0.0.1
                }
            }
            virtual_server 10.0.0.1 80 {
                lb_algo rr
                lb_kind DR
                protocol TCP
                real_server 10.0.0.2 80 {
                    TCP_CHECK {
                    }
                }
            }
            """).Config);

        var instance = json["vrrpInstances"]![0]!;
        Assert.Equal((100, "backup", 1.0), (instance["priority"]!.GetValue<int>(), instance["initialState"]!.GetValue<string>(),
            instance["advertInterval"]!.GetValue<double>()));
        Assert.Equal("10.0.0.1", instance["addresses"]![0]!["address"]!.GetValue<string>());
        Assert.Equal($"{Reading.Path}:1:1", instance["location"]!.GetValue<string>());
        var check = json["virtualServers"]![0]!["realServers"]![0]!["checks"]![0]!;
        Assert.Equal(("TCP_CHECK", "[10.0.0.2]:80", 60.0), (check["keyword"]!.GetValue<string>(),
            check["connection"]!["target"]!.GetValue<string>(), check["timing"]!["delayLoop"]!.GetValue<double>()));
    }

    /// <summary>Fails unless the text of a configuration without errors means the same and is its own text.</summary>
    internal static void CheckRoundTrip(ConfigResult result)
    {
        if (result.HasErrors) return;
        var text = ConfigText.Write(result);
        var again = Read(text);

        Assert.False(again.HasErrors, $"{text}\n{Reading.Listing(again)}");
        Assert.Equal(Meaning(result.Config), Meaning(again.Config));
        Assert.Equal(text, ConfigText.Write(again));
    }

    private static IEnumerable<string> Installed(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "keepalived.conf*").Order(StringComparer.Ordinal) : [];

    private static ConfigResult Read(string text) =>
        ConfigReader.Read(Reading.Path, new MemoryConfigFiles { [Reading.Path] = text }, keepsSyntax: true);

    /// <summary>The model without the places where it stands.</summary>
    private static string Meaning(DirectorConfig config)
    {
        var node = ConfigJson.ToNode(config);
        Strip(node);
        return node.ToJsonString();
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonObject properties)
        {
            properties.Remove("location");
            foreach (var (_, value) in properties) Strip(value);
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items) Strip(item);
        }
    }

    /// <summary>The types of the model that a type is made of, and the kinds of those that are abstract.</summary>
    private static void Collect(Type type, HashSet<Type> found)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType) type = type.GetGenericArguments()[0];
        if (type.Namespace?.StartsWith("Director", StringComparison.Ordinal) != true || type.IsEnum) return;
        if (type == typeof(SourceLocation) || type == typeof(IpAddress128) || type == typeof(Endpoint) || type == typeof(ServiceKey)
            || type == typeof(MacAddress)) return;
        foreach (var kind in type.Assembly.GetTypes().Where(kind => kind.IsSubclassOf(type))) Collect(kind, found);
        if (type.IsAbstract || !found.Add(type)) return;
        foreach (var property in Settable(type)) Collect(property.PropertyType, found);
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite);
}
