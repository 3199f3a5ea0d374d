using Director.Config;
using Director.Datapath;
using Director.Hosting;
using Microsoft.Extensions.Logging;

namespace Director.Tests.Hosting;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Without_anything_said_the_defaults_hold()
    {
        var (settings, errors) = SettingsReader.Read(null, []);
        Assert.Empty(errors);
        Assert.Equal((DatapathMode.Auto, OverheadRule.Total), (settings!.Datapath.Mode, settings.Datapath.Overhead));
        Assert.Equal(LogFormat.Text, settings.Log.Format);
    }

    [Fact]
    public void Assignments_are_read_as_they_are_documented()
    {
        var (settings, errors) = SettingsReader.Read(
            null, ["Datapath:Mode=xdp-generic", "Datapath:Workers=2", "Datapath:Overhead=inactive", "Log:Format=json", "Log:Level=Debug"]);
        Assert.Empty(errors);
        Assert.Equal((DatapathMode.XdpGeneric, 2), (settings!.Datapath.Mode, settings.Datapath.Workers));
        Assert.Equal(OverheadRule.Inactive, settings.Datapath.Overhead);
        Assert.Equal((LogFormat.Json, LogLevel.Debug), (settings.Log.Format, settings.Log.Level));
    }

    [Fact]
    public void What_ipvs_has_sysctls_for_goes_by_their_names_and_defaults()
    {
        var (settings, errors) = SettingsReader.Read(null, []);
        Assert.Empty(errors);
        Assert.Equal(IpvsSettings.Default, settings!.Ipvs.ToSettings());
        Assert.Equal(LvsTimeoutsConfig.None, settings.Ipvs.ToTimeouts());

        (settings, errors) = SettingsReader.Read(null,
        [
            "Ipvs:conn_reuse_mode=2", "Ipvs:expire_nodest_conn=1", "Ipvs:expire_quiescent_template=1", "Ipvs:sloppy_tcp=1",
            "Ipvs:schedule_icmp=1",
            "Ipvs:secure_tcp=3", "Ipvs:timeout_tcp=90", "Ipvs:timeout_tcpfin=12", "Ipvs:timeout_udp=30", "Ipvs:lblc_expiration=60",
            "Ipvs:lblcr_expiration=70",
        ]);
        Assert.Empty(errors);
        var set = settings!.Ipvs.ToSettings();
        Assert.Equal(
            (2, true, true, true, true, true),
            (set.ConnReuseMode, set.ExpireNodestConn, set.ExpireQuiescentTemplate, set.SloppyTcp, set.ScheduleIcmp, set.SecureTcp));
        Assert.Equal(
            new LvsTimeoutsConfig(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(30)),
            settings.Ipvs.ToTimeouts());
        Assert.Equal((60, 70), (set.LblcExpiration.TotalSeconds, set.LblcrExpiration.TotalSeconds));
    }

    [Fact]
    public void The_environment_is_read_but_for_variables_without_a_section()
    {
        try
        {
            Environment.SetEnvironmentVariable("DIRECTOR_Datapath__BatchFrames", "32");
            Environment.SetEnvironmentVariable("DIRECTOR_SOMETHING", "else");
            var (settings, errors) = SettingsReader.Read(null, []);
            Assert.Empty(errors);
            Assert.Equal(32, settings!.Datapath.BatchFrames);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DIRECTOR_Datapath__BatchFrames", null);
            Environment.SetEnvironmentVariable("DIRECTOR_SOMETHING", null);
        }
    }

    [Fact]
    public void A_file_is_overridden_by_an_assignment()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{ "Datapath": { "Workers": 3, "Connections": 4096 } }""");
            var (settings, errors) = SettingsReader.Read(file, ["Datapath:Workers=1"]);
            Assert.Empty(errors);
            Assert.Equal((1, 4096), (settings!.Datapath.Workers, settings.Datapath.Connections));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Datapath:Mode=fast", "fast")]
    [InlineData("Datapath:Modus=xdp", "Modus")]
    [InlineData("Datapath:Workers=many", "many")]
    [InlineData("Datapath:Workers=-1", "Workers -1 is outside 0")]
    [InlineData("Datapath:RingEntries=1000", "RingEntries 1000 is outside 64–32768 or no power of two")]
    [InlineData("Datapath:BatchFrames=0", "BatchFrames 0 is outside 1")]
    [InlineData("Datapath:SpinsBeforeSleep=-1", "SpinsBeforeSleep -1 is outside 0")]
    [InlineData("Datapath:HostAddress=tun", "'tun' is not an IPv4 address")]
    [InlineData("Ipvs:conn_reuse_mode=4", "Ipvs:conn_reuse_mode 4 is outside 0–3")]
    [InlineData("Ipvs:secure_tcp=2", "Ipvs:secure_tcp 2 is neither 0 (off) nor 3")]
    [InlineData("Ipvs:timeout_udp=0", "Ipvs:timeout_udp 0 is outside 1–")]
    [InlineData("Ipvs:lblc_expiration=0", "Ipvs:lblc_expiration 0 is outside 1–")]
    [InlineData("Ipvs:lblcr_expiration=2678401", "Ipvs:lblcr_expiration 2678401 is outside 1–2678400")]
    [InlineData("Ipvs:ConnReuseMode=1", "there is no such setting; there are conn_reuse_mode, expire_nodest_conn,")]
    [InlineData("Datapath:Mode", "write Key=Value")]
    public void What_is_wrong_is_named(string assignment, string named)
    {
        var (settings, errors) = SettingsReader.Read(null, [assignment]);
        Assert.Null(settings);
        Assert.Contains(named, string.Join('\n', errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_asked_for_must_be_there()
    {
        var (settings, errors) = SettingsReader.Read("/nonexistent/director.json", []);
        Assert.Null(settings);
        Assert.Contains("/nonexistent/director.json", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_json_is_named()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "Datapath: yes");
            var (settings, errors) = SettingsReader.Read(file, []);
            Assert.Null(settings);
            Assert.Contains(file, Assert.Single(errors), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
