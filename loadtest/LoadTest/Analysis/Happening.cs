using Director.LoadScenarios;
using Director.Net;

namespace Director.LoadTest.Analysis;

/// <summary>An event of the plan, as it came.</summary>
/// <param name="What">The event.</param>
/// <param name="At">When it was begun: not before it was due.</param>
internal sealed record Happening(LabEvent What, MonoTime At);
