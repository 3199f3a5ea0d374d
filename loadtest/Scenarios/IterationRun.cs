using Director.Net;

namespace Director.LoadScenarios;

/// <summary>What all iterations of a run have in common.</summary>
/// <param name="Target">Where the services are.</param>
/// <param name="Clock">What they are measured by.</param>
/// <param name="Sink">Where measurements go.</param>
/// <param name="Stop">The run ends early.</param>
internal sealed record IterationRun(LoadTarget Target, IMonoClock Clock, IMeasurementSink Sink, CancellationToken Stop);
