using Director.Lab.Client;

namespace Director.Lab.Scenarios;

/// <summary>What a number of requests came to.</summary>
internal static class Answers
{
    /// <summary>For people: <c>20 by rs1, 20 by rs2, 1 refused</c>.</summary>
    public static string Told(IReadOnlyList<RequestResult> results) => results.Count == 0
        ? "no requests"
        : string.Join(", ", results
            .GroupBy(result => result.Answered ? $"by {result.Server}" : Failure(result.Outcome))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key}"));

    /// <summary>How many of the sources each server has, the sources that were answered by one server only.</summary>
    public static IReadOnlyDictionary<string, int> LoyalSources(IReadOnlyList<RequestResult> results) => results
        .GroupBy(result => result.Source)
        .Where(source => source.All(result => result.Answered && result.Server == source.First().Server))
        .GroupBy(source => source.First().Server)
        .ToDictionary(server => server.Key, server => server.Count());

    private static string Failure(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Refused => "refused",
        RequestOutcome.Reset => "reset",
        RequestOutcome.TimedOut => "timed out",
        RequestOutcome.Unreachable => "unreachable",
        _ => "malformed",
    };
}
