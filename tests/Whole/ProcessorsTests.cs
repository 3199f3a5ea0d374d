using Director.Linux;
using Director.Tests.Support;
using Xunit.Abstractions;

namespace Director.Tests.Whole;

/// <summary>Where the threads of a director run.</summary>
public sealed class ProcessorsTests(ITestOutputHelper output)
{
    [KernelFact]
    public async Task Workers_have_the_processors_given_to_them_and_all_else_has_the_others()
    {
        var allowed = ThreadPinning.Allowed();
        var theirs = allowed[^1];
        var others = allowed.Count == 1 ? allowed : allowed.Where(processor => processor != theirs);
        using var pair = new Pair(output, null, "auto", $"Datapath:Processors={theirs}");
        await pair.StartFirstDirectorAsync();

        var threads = Directory.GetDirectories($"/proc/{pair.Stage.Directors.First().ProcessId}/task").SelectMany(Read).ToList();

        Assert.Equal([theirs], Assert.Single(threads, thread => thread.Name == "worker-0").Processors);
        Assert.All(threads.Where(thread => !thread.Name.StartsWith("worker-", StringComparison.Ordinal)),
            thread => Assert.Equal(others, thread.Processors));
    }

    // proc_pid_status(5); nothing if the thread has ended meanwhile.
    private static IEnumerable<(string Name, IReadOnlyList<int> Processors)> Read(string thread)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(thread + "/status");
        }
        catch (IOException)
        {
            return [];
        }

        Assert.True(ProcessorList.TryParse(Field("Cpus_allowed_list:"), out var processors));
        return [(Field("Name:"), processors)];

        string Field(string key) => lines.Single(line => line.StartsWith(key, StringComparison.Ordinal))[key.Length..].Trim();
    }
}
