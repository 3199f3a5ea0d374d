namespace Director.Perf.Traffic;

/// <summary>Frames that follow each other: one of each flow in turn.</summary>
/// <param name="Template">The frame of flow 0.</param>
/// <param name="Flows">Which flows.</param>
internal readonly record struct FrameStream(byte[] Template, FlowRange Flows);
