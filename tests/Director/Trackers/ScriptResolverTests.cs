using Director.Config;
using Director.Linux.Processes;
using Director.Tests.Support;
using Director.Trackers;

namespace Director.Tests.Trackers;

/// <summary>As whom scripts run, and which do not (keepalived.conf(5), SCRIPT SECURITY).</summary>
public sealed class ScriptResolverTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scripts");

    /// <summary>Of root's alone, unlike the folder for temporary files above it.</summary>
    private readonly DirectoryInfo _safe = Directory.CreateDirectory($"/root/.director-test-{Guid.NewGuid():N}");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _safe.Delete(recursive: true);
    }

    [KernelFact]
    public void A_user_is_who_is_named_else_script_user_else_root()
    {
        var script = Script(_safe, "x", 0x1ed);
        var plain = ScriptResolver.OfRoot(new());
        Assert.Equal((0u, 0u), IdsOf(plain.Resolve(Config(script))));
        Assert.Equal((65534u, 65534u), IdsOf(plain.Resolve(Config(script, "nobody"))));
        Assert.Equal((65534u, 0u), IdsOf(plain.Resolve(Config(script, "nobody", "root"))));
        var daemon = ScriptResolver.OfRoot(new("daemon", "nogroup"));
        Assert.Equal((1u, 65534u), IdsOf(daemon.Resolve(Config(script))));
        // A group belongs to the user that it is named with.
        Assert.Equal((65534u, 65534u), IdsOf(daemon.Resolve(Config(script, "nobody"))));
        Assert.Equal([65534u], daemon.Resolve(Config(script)).Command!.RunAs!.Groups);
    }

    [KernelFact]
    public void Whom_nobody_knows_runs_nothing()
    {
        var script = Script(_safe, "x", 0x1ed);
        var resolver = ScriptResolver.OfRoot(new());
        Assert.Equal("there is no user nobodyatall", resolver.Resolve(Config(script, "nobodyatall")).Refusal);
        Assert.Equal("there is no group nogroupatall", resolver.Resolve(Config(script, "nobody", "nogroupatall")).Refusal);
        Assert.Equal("enable_script_security needs a script_user, or a user keepalived_script, and there is neither",
            ScriptResolver.OfRoot(new(IsStrict: true)).Resolve(Config(script)).Refusal);
    }

    [KernelFact]
    public void A_director_that_may_not_become_others_runs_scripts_as_itself()
    {
        var script = Script(_safe, "x", 0x1ed);
        var own = new Credentials(65534, 65534, [65534]);
        var resolver = new ScriptResolver(new(IsStrict: true), own, mayBecomeOthers: false);
        Assert.Same(own, resolver.Resolve(Config(script)).Command!.RunAs);
        Assert.Same(own, resolver.Resolve(Config(script, "nobody")).Command!.RunAs);
        Assert.Equal("the director may not become root: give it CAP_SETUID, CAP_SETGID and CAP_KILL, or leave the user out",
            resolver.Resolve(Config(script, "root")).Refusal);
    }

    [KernelFact]
    public void What_others_may_change_does_not_run_as_root_if_that_is_forbidden_and_is_warned_of_if_not()
    {
        var safe = Script(_safe, "safe", 0x1ed);
        var open = Script(_safe, "open", 0x1ff);
        var below = Script(_folder, "below", 0x1ed);
        var link = Path.Combine(_safe.FullName, "link");
        File.CreateSymbolicLink(link, open);
        var (lax, strict) = (ScriptResolver.OfRoot(new("root")), ScriptResolver.OfRoot(new("root", IsStrict: true)));

        Assert.Equal(new ResolvedScript(null, null, null), strict.Resolve(Config(safe)) with { Command = null });
        foreach (var (path, part) in new[] { (open, open), (below, "/tmp"), (link, link) })
        {
            Assert.StartsWith($"others than root may write to {part}", lax.Resolve(Config(path)).Warning, StringComparison.Ordinal);
            Assert.NotNull(lax.Resolve(Config(path)).Command);
            Assert.StartsWith($"others than root may write to {part}", strict.Resolve(Config(path)).Refusal, StringComparison.Ordinal);
            Assert.Null(strict.Resolve(Config(path)).Command);
            // Nobody but nobody is harmed by what nobody runs.
            Assert.Equal(new ResolvedScript(null, null, null), strict.Resolve(Config(path, "nobody")) with { Command = null });
        }
    }

    [KernelFact]
    public void What_is_not_there_or_not_executable_is_warned_of_and_names_without_a_slash_are_looked_for()
    {
        var resolver = ScriptResolver.OfRoot(new());
        Assert.Equal("there is no /nowhere/x", resolver.Resolve(Config("/nowhere/x")).Warning);
        Assert.Equal("there is no no-such-program", resolver.Resolve(Config("no-such-program")).Warning);
        var text = Script(_safe, "text", 0x1a4);
        Assert.Equal($"{text} is not executable", resolver.Resolve(Config(text)).Warning);
        Assert.EndsWith("/true", resolver.Resolve(Config("true")).Command!.Program, StringComparison.Ordinal);
    }

    [KernelFact]
    public void All_that_is_wrong_with_scripts_is_said_with_its_place()
    {
        var script = Script(_safe, "x", 0x1ed);
        var config = Director.Tests.Config.Reading.Clean($$"""
            vrrp_script a {
                script {{script}}
                user nobodyatall
            }
            vrrp_instance A {
                interface e0
                virtual_router_id 1
                virtual_ipaddress {
                    10.0.0.1
                }
                track_script {
                    a
                }
                notify_master /nowhere/x
                notify {{script}}
            }
            """);

        var file = Director.Tests.Config.Reading.Path;
        Assert.Equal(
        [
            $"{file}:2:12: warning: {script} is not run: there is no user nobodyatall",
            $"{file}:14:19: warning: there is no /nowhere/x",
        ], ScriptFindings.Of(config, ScriptResolver.OfRoot(new())).Select(finding => finding.ToString()));
    }

    private static (uint, uint) IdsOf(ResolvedScript script) => (script.Command!.RunAs!.User, script.Command.RunAs.Group);

    private static ScriptConfig Config(string program, string? user = null, string? group = null) => new(program, [], user, group, default);

    private static string Script(DirectoryInfo folder, string name, int mode)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, "#!/bin/sh\n");
        File.SetUnixFileMode(path, (UnixFileMode)mode);
        return path;
    }
}
