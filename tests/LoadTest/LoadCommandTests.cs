using Director.LoadTest;
using Director.Tests.Lab;
using Director.Tests.Support;

namespace Director.Tests.LoadTest;

/// <summary>Users, directors and servers of flesh and blood.</summary>
[Collection("kernel")]
public sealed class LoadCommandTests : IDisposable
{
    private readonly StringWriter _story = new();
    private readonly StringWriter _output = new();
    private readonly string _reports = Directory.CreateTempSubdirectory("director-load-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_reports, recursive: true);

    [Theory]
    [InlineData("chaos", null, "loadtest: there is no plan 'chaos': keep-alive, ")]
    [InlineData("crash", 5, "loadtest: 'crash' takes 40 s at least")]
    public async Task What_cannot_be_run_is_refused(string plan, int? seconds, string why)
    {
        var duration = seconds is { } given ? TimeSpan.FromSeconds(given) : (TimeSpan?)null;

        Assert.Equal(LoadCommand.CannotRun, await LoadCommand.RunAsync(Options(plan) with { Duration = duration }, default));

        Assert.StartsWith(why, _story.ToString(), StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task A_reload_a_crash_and_a_planned_failover_under_load_keep_their_bounds()
    {
        var exit = await LoadCommand.RunAsync(Options("short"), default);

        Assert.True(exit == LoadCommand.Held, $"{_story}{_output}");
        Assert.All(["report.html", "report.csv", "report.txt"], name => Assert.True(File.Exists(Path.Combine(_reports, name))));
    }

    [KernelFact]
    public async Task A_run_that_is_stopped_reports_what_there_is()
    {
        using var stop = new CancellationTokenSource();
        var story = new StoryWatch(_story, "d1 reloads", stop.Cancel);

        var exit = await LoadCommand.RunAsync(Options("short") with { Story = story }, stop.Token);

        Assert.True(exit == LoadCommand.Stopped, $"{_story}{_output}");
        Assert.Contains("The run was stopped", _output.ToString(), StringComparison.Ordinal);
        var html = await File.ReadAllTextAsync(Path.Combine(_reports, "report.html"));
        Assert.Contains("The run was stopped", html, StringComparison.Ordinal);
        Assert.Matches(@"per-request +│ \(all\) +│ .*\n│ +│ get ", _output.ToString());
    }

    private LoadOptions Options(string plan) => new()
    {
        Plan = plan,
        Director = DirectorProgram.Command,
        Generator = [Path.Combine(AppContext.BaseDirectory, "Director.LoadTest")],
        ReportDirectory = _reports,
        Output = _output,
        Story = _story,
    };
}
