namespace Director.Tests.Config;

public sealed class BraceTests
{
    private const string Instance = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.1\n}\n}\n";

    [Theory]
    [InlineData("vrrp_instance A {interface eth0\nvirtual_router_id 1\nvirtual_ipaddress{10.0.0.1}}")]
    [InlineData("vrrp_instance A\n{\n\n# c\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress\n{\n10.0.0.1 }\n}")]
    [InlineData("vrrp_instance A{interface eth0\nvirtual_router_id 1\r\nvirtual_ipaddress {10.0.0.1\r\n}}\r\n")]
    [InlineData("vrrp_instance \"A\" { interface \"eth0\"\nvirtual_router_id \"1\"\nvirtual_ipaddress { \"10.0.0.1\" } }")]
    public void Braces_may_stand_anywhere(string text)
    {
        var instance = Assert.Single(Reading.Clean(text).VrrpInstances);

        Assert.Equal("A eth0 1 10.0.0.1",
            $"{instance.Name} {instance.Interface} {instance.VirtualRouterId} {Assert.Single(instance.Addresses).Address}");
    }

    [Fact]
    public void A_surplus_brace_is_one_error_and_closes_nothing()
    {
        var result = Reading.Read($"}}\n{Instance}");

        Assert.Equal("1:1 error brace: this '}' closes nothing", Reading.Listing(result));
        Assert.Single(result.Config.VrrpInstances);
    }

    [Fact]
    public void A_brace_without_a_keyword_is_skipped_with_its_block()
    {
        var result = Reading.Read($"{{ x {{ y }} }}\n{Instance}");

        Assert.Equal("1:1 error brace: no keyword stands before this '{'; its block is ignored", Reading.Listing(result));
        Assert.Single(result.Config.VrrpInstances);
    }

    [Fact]
    public void A_missing_opening_brace_is_one_error()
    {
        var result = Reading.Read("vrrp_instance A\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.1\n}\n}\n");

        Assert.Equal("1:15 error brace: '{' is missing after 'vrrp_instance'", Reading.Listing(result));
        Assert.Single(result.Config.VrrpInstances);
    }

    [Fact]
    public void A_missing_opening_brace_before_addresses_is_one_error()
    {
        var result = Reading.Read("vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress\n10.0.0.1\n}\n}\n");

        Assert.Equal("4:1 error brace: '{' is missing after 'virtual_ipaddress'", Reading.Listing(result));
    }

    [Fact]
    public void A_missing_block_is_one_error()
    {
        var result = Reading.Read($"virtual_server 10.0.0.1 80\n{Instance}");

        Assert.Equal("1:25 error brace: '{' is missing after 'virtual_server'", Reading.Listing(result));
        Assert.Single(result.Config.VrrpInstances);
    }

    [Fact]
    public void A_missing_closing_brace_is_noticed_at_the_next_outer_block()
    {
        var result = Reading.Read("vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.1\n}\n"
            + Instance.Replace(" A ", " B ", StringComparison.Ordinal).Replace("id 1", "id 2", StringComparison.Ordinal).Replace("0.1",
                "0.2", StringComparison.Ordinal));

        Assert.Equal("1:17 error brace: the '{' of 'vrrp_instance' block is not closed before 'vrrp_instance' in line 7",
            Reading.Listing(result));
        Assert.Equal(["A", "B"], result.Config.VrrpInstances.Select(instance => instance.Name));
    }

    [Fact]
    public void A_missing_closing_brace_of_an_inner_block_is_noticed_at_the_next_of_its_kind()
    {
        var result = Reading.Read("""
            virtual_server 10.0.0.1 80 {
            lb_algo wlc
            lb_kind DR
            protocol TCP
            real_server 10.0.0.2 80 {
            weight 1
            real_server 10.0.0.3 80 {
            weight 1
            }
            }
            """);

        Assert.Equal("5:25 error brace: the '{' of 'real_server' block is not closed before 'real_server' in line 7",
            Reading.Listing(result));
        Assert.Equal(2, Assert.Single(result.Config.VirtualServers).RealServers.Count);
    }

    [Fact]
    public void A_missing_closing_brace_after_addresses_is_noticed_at_the_next_block_of_the_instance()
    {
        var result = Reading.Read("""
            vrrp_instance A {
            interface eth0
            virtual_router_id 1
            virtual_ipaddress {
            10.0.0.1
            authentication {
            auth_type PASS
            auth_pass 1
            }
            }
            """);

        Assert.Equal("4:19 error brace: the '{' of 'virtual_ipaddress' block is not closed before 'authentication' in line 6",
            Reading.Listing(result));
        Assert.Equal("1", Assert.Single(result.Config.VrrpInstances).Password);
    }

    [Fact]
    public void A_brace_missing_at_the_end_is_reported_for_every_block_that_is_open()
    {
        var listing = Reading.Listing("vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.1\n");

        Assert.Equal("""
            1:17 error brace: the '{' of 'vrrp_instance' block is not closed before the end
            4:19 error brace: the '{' of 'virtual_ipaddress' block is not closed before the end
            """, listing);
    }

    [Fact]
    public void An_unknown_block_that_is_not_closed_does_not_swallow_what_follows()
    {
        var result = Reading.Read($"foo {{\nbar {{\n}}\n{Instance}");

        Assert.Equal("""
            1:1 warning unknown-keyword: unknown keyword 'foo': it is ignored up to line 3
            1:5 error brace: the '{' of this block is not closed before 'vrrp_instance' in line 4
            """, Reading.Listing(result));
        Assert.Single(result.Config.VrrpInstances);
    }

    [Fact]
    public void A_block_after_a_keyword_that_has_none_is_one_error_and_names_the_line_that_was_meant()
    {
        var listing = Reading.Listing("""
            virtual_server 10.0.0.1 80 {
            lb_algo wlc
            lb_kind DR
            protocol TCP
            real_server 10.0.0.2 80 { weight 1 TCP_CHECK { connect_timeout 3 } }
            }
            """);

        Assert.Equal("5:46 error brace: 'weight' has no block; this one is ignored (begin a new line before 'TCP_CHECK')", listing);
    }

    [Fact]
    public void A_block_among_addresses_is_an_error()
    {
        var result = Reading.Read(Instance.Replace("10.0.0.1", "10.0.0.1 { x }", StringComparison.Ordinal));

        Assert.Equal("5:10 error brace: no block can stand here; it is ignored", Reading.Listing(result));
    }
}
