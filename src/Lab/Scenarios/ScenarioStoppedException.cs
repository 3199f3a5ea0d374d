namespace Director.Lab.Scenarios;

/// <summary>A step failed that all later ones build on: the scenario ends here, with the failed expectation on record.</summary>
internal sealed class ScenarioStoppedException(string expectation) : Exception(expectation);
