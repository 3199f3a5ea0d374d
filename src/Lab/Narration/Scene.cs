using Director.Lab.Client;
using Director.Lab.Scenarios;

namespace Director.Lab.Narration;

/// <summary>The state of a scenario at one instant, as it is drawn.</summary>
/// <param name="View">The directors.</param>
/// <param name="Requests">The last second of the steady client's results.</param>
/// <param name="LongestGap">The longest time without an answer since the last fault was made; null before the first.</param>
/// <param name="Waiting">What is being waited for; empty if nothing.</param>
/// <param name="Waited">How long already.</param>
/// <param name="Patience">How long at most.</param>
internal sealed record Scene(
    StageView View, IReadOnlyList<RequestResult> Requests, TimeSpan? LongestGap, string Waiting, TimeSpan Waited, TimeSpan Patience);
