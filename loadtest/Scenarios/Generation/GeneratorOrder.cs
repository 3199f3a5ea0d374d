using System.Globalization;
using System.Net;
using Director.LoadScenarios.Plans;
using Director.Net;

namespace Director.LoadScenarios.Generation;

/// <summary>
/// What a generator, of whatever engine, is started with, as words: a run starts it in the client's network namespace. It prints
/// <see cref="Begun"/> when the load begins and then each <see cref="Measurement"/> as a line; on SIGTERM it ends early.
/// </summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="Target">Where the services are.</param>
/// <param name="Duration">How long users come; as planned if not given.</param>
/// <param name="Users">What their number is multiplied by.</param>
internal sealed record GeneratorOrder(string Plan, LoadTarget Target, TimeSpan? Duration, double Users)
{
    /// <summary>The first of the words.</summary>
    public const string Verb = "generate";

    private const string BegunWord = "begun ";

    /// <summary>The words.</summary>
    public IReadOnlyList<string> Words =>
    [
        Verb, Plan,
        "--web", Target.Web.ToString(),
        "--echo", Target.Echo.ToString(),
        "--sources", string.Join(',', Target.Sources),
        "--users", Users.ToString(CultureInfo.InvariantCulture),
        .. Duration is { } asked ? new[] { "--duration", asked.TotalSeconds.ToString(CultureInfo.InvariantCulture) } : [],
    ];

    /// <summary>Reads the words; they come from a run alone.</summary>
    public static GeneratorOrder Parse(IReadOnlyList<string> words)
    {
        var options = words.Skip(2).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        return new(
            words[1],
            new(IPEndPoint.Parse(options["--web"]), IPEndPoint.Parse(options["--echo"]),
                [.. options["--sources"].Split(',').Select(IPAddress.Parse)]),
            options.TryGetValue("--duration", out var seconds) ? TimeSpan.FromSeconds(Number(seconds)) : null,
            Number(options["--users"]));
    }

    /// <summary>The plan as it is asked for; each call with connections of its own.</summary>
    public LoadPlan MakePlan() => LoadPlans.All().Single(plan => plan.Name == Plan).Scaled(Duration, Users);

    /// <summary>The line that says when the load begins, on the monotonic clock that all processes of a machine share.</summary>
    public static string Begun(MonoTime at) => string.Create(CultureInfo.InvariantCulture, $"{BegunWord}{at.Nanoseconds}");

    /// <summary>Reads that line; false for any other.</summary>
    public static bool TryReadBegun(string line, out MonoTime at)
    {
        at = default;
        if (!line.StartsWith(BegunWord, StringComparison.Ordinal)) return false;
        var read = long.TryParse(line.AsSpan(BegunWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var instant);
        at = new(instant);
        return read;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
