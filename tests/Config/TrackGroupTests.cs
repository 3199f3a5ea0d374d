namespace Director.Tests.Config;

/// <summary>What concerns interfaces and not one instance: delays, and statics that instances are bound to.</summary>
public sealed class TrackGroupTests
{
    private const string Instances = """
        vrrp_instance A {
            interface e0
            virtual_router_id 1
            virtual_ipaddress {
                10.0.0.1
            }
        }
        vrrp_instance B {
            interface e0
            virtual_router_id 2
            virtual_ipaddress {
                10.0.0.2
            }
        }

        """;

    [Fact]
    public void The_instances_of_a_group_need_the_interfaces_of_the_statics_that_name_it()
    {
        var config = Reading.Clean(Instances + """
            global_defs {
                default_interface e5
            }
            static_ipaddress {
                10.9.9.1/32 track_group G
                10.9.9.2/32 dev e6 track_group G
                10.9.9.3/32 dev e9
            }
            static_routes {
                10.99.0.0/16 via 10.0.0.9 dev e7 track_group H
            }
            static_rules {
                from 10.9.0.0/16 iif e8 table 5 priority 10 track_group G
            }
            track_group G {
                group {
                    A
                    B
                }
            }
            track_group H {
                group {
                    B
                }
            }
            """);
        Assert.Equal(["e5", "e6", "e8"], config.VrrpInstances[0].NeededInterfaces);
        Assert.Equal(["e5", "e6", "e7", "e8"], config.VrrpInstances[1].NeededInterfaces.Order());
        Assert.Equal(3, config.Host.Addresses.Count);
    }

    [Theory]
    [InlineData("static_ipaddress {\n10.9.9.1/32 track_group H\n}", "there is no track_group 'H': no instance is bound to this")]
    [InlineData("static_ipaddress {\n10.9.9.1/32 dev e1 no_track track_group G\n}", "'track_group' has no effect beside 'no_track'")]
    [InlineData("static_routes {\nblackhole 10.9.0.0/16 track_group G\n}", "'track_group' has no effect without 'dev'")]
    [InlineData("static_routes {\n10.9.0.0/16 dev e1 no_track track_group G\n}", "'track_group' has no effect beside 'no_track'")]
    [InlineData("static_rules {\nto 10.9.0.0/16 table 5 priority 9 track_group G\n}", "'track_group' has no effect without 'dev'")]
    [InlineData("static_rules {\nto 10.9.0.0/16 iif e1 table 5 priority 9 no_track track_group G\n}", "no effect beside 'no_track'")]
    [InlineData("static_ipaddress {\n10.9.9.1/32 dev e1 use_vmac\n}", "'use_vmac' has no effect here")]
    [InlineData("", "no static names track_group 'G'")]
    public void What_has_no_effect_is_located(string lines, string message)
    {
        var reading = Reading.Read(Instances + lines + "\ntrack_group G {\ngroup {\nA\n}\n}\n");
        Assert.Contains(message, Reading.Listing(reading), StringComparison.Ordinal);
        Assert.All(reading.Diagnostics, said => Assert.True(said.Line > 0));
        Assert.All(reading.Config.VrrpInstances, instance => Assert.Empty(instance.NeededInterfaces));
    }

    [Theory]
    [InlineData("C", "vrrp_instance 'C' does not exist")]
    [InlineData("", "track_group 'G' has no instance")]
    public void A_group_of_nobody_is_located(string members, string message)
    {
        var reading = Reading.Read(Instances + $"track_group G {{\ngroup {{\n{members}\n}}\n}}\n"
            + "static_ipaddress {\n10.9.9.1/32 dev e1 track_group G\n}\n");
        Assert.Contains(message, Assert.Single(reading.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_is_bound_to_nothing_by_what_is_its_own()
    {
        var reading = Reading.Read("""
            vrrp_instance A {
                interface e0
                virtual_router_id 1
                virtual_ipaddress {
                    10.0.0.1 track_group G
                }
                virtual_routes {
                    10.9.0.0/16 dev e1 track_group G
                }
                virtual_rules {
                    to 10.9.0.0/16 table 5 priority 9 track_group G
                }
            }
            """);
        Assert.Equal(["5:18", "8:28", "11:43"], reading.Diagnostics.Select(said => $"{said.Line}:{said.Column}"));
        Assert.All(reading.Diagnostics, said =>
            Assert.Contains("'track_group' has no effect here", said.Message, StringComparison.Ordinal));
        var instance = Assert.Single(reading.Config.VrrpInstances);
        Assert.Equal((1, 1, 1), (instance.Addresses.Count, instance.Routes.Count, instance.Rules.Count));
    }

    [Theory]
    [InlineData("e0 1.5 2", "e0 1.5 2")]
    [InlineData("e1 255", "e1 255 0")]
    [InlineData("e1 0.000001 0", "e1 0.000001 0")]
    [InlineData("e0 0\ne1 3 4", "e0 0 0, e1 3 4")]
    public void Changes_of_interfaces_are_believed_after_these_delays(string lines, string expected)
    {
        var host = Reading.Clean(Instances + $"interface_up_down_delays {{\n{lines}\n}}\n").Host;
        Assert.Equal(expected, string.Join(", ", host.LinkDelays.Select(delays => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{delays.Interface} {delays.Down.TotalSeconds:0.######} {delays.Up.TotalSeconds:0.######}"))));
    }

    [Theory]
    [InlineData("e0", "16:1 error missing-argument")]
    [InlineData("e0 256", "'256' is outside the range 0 to 255 seconds")]
    [InlineData("e0 1 -1", "'-1' is outside the range 0 to 255 seconds")]
    [InlineData("e0 soon", "is not a number of seconds")]
    [InlineData("e0 1 1 1", "'1' has no effect here")]
    [InlineData("e0 1\ne0 1.5", "'e0' has delays at /etc/keepalived/keepalived.conf:16:1 already")]
    // Two adverts less the shortest skew: a backup of priority 255 would take over then.
    [InlineData("e0 1.997", "a backup of 'A' would take over before 1.997 s: the delay is 1.996094 s")]
    public void A_delay_that_cannot_be_is_located(string line, string message)
    {
        var reading = Reading.Read(Instances + $"interface_up_down_delays {{\n{line}\n}}\n");
        Assert.Contains(message, Reading.Listing(reading), StringComparison.Ordinal);
        Assert.All(reading.Diagnostics, said => Assert.True(said.Line > 0));
    }
}
