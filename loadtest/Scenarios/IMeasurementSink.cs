namespace Director.LoadScenarios;

/// <summary>Where measurements go. Called from any thread.</summary>
internal interface IMeasurementSink
{
    /// <summary>Takes one.</summary>
    void Add(Measurement measurement);
}
