namespace Director.Lab.Scenarios;

/// <summary>Something that a scenario expected, and what it saw.</summary>
/// <param name="Scenario">Which scenario.</param>
/// <param name="What">What should be.</param>
/// <param name="Seen">What was, with its measure.</param>
/// <param name="Held">Whether it was as it should be.</param>
internal sealed record Expectation(string Scenario, string What, string Seen, bool Held);
