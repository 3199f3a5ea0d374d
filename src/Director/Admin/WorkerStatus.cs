namespace Director.Admin;

/// <summary>One worker thread.</summary>
/// <param name="Number">From 0 up.</param>
/// <param name="Counters">
/// Since start, by name; <c>drop.</c> and a reason for each kind of drop; <c>connections</c> is how many there are now.
/// </param>
internal sealed record WorkerStatus(int Number, IReadOnlyDictionary<string, long> Counters);
