namespace Director.LoadScenarios;

/// <summary>Something that happens to the lab while users come.</summary>
/// <param name="At">When, from the beginning of the load.</param>
/// <param name="Action">What.</param>
/// <param name="Role">To which machine of the lab, such as <c>rs1</c>.</param>
internal sealed record LabEvent(TimeSpan At, LabAction Action, string Role)
{
    /// <summary>For people: <c>rs1 dies</c>.</summary>
    public string Told => Action switch
    {
        LabAction.ServerDies => $"{Role} dies",
        LabAction.ServerDrains => $"{Role} drains",
        LabAction.ServerReturns or LabAction.DirectorReturns => $"{Role} returns",
        LabAction.Reload => $"{Role} reloads",
        LabAction.DirectorStops => $"{Role} stops (SIGTERM)",
        _ => $"{Role} dies (kill -9)",
    };
}
