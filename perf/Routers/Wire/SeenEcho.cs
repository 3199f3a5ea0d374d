namespace Director.Perf.Routers.Wire;

/// <summary>An echo reply (RFC 792) on its way to the client.</summary>
/// <param name="At">When the kernel took the frame from the sender.</param>
/// <param name="From">The machine behind the port of the switch.</param>
/// <param name="Sequence">Which question it answers.</param>
internal readonly record struct SeenEcho(DateTime At, string From, int Sequence);
