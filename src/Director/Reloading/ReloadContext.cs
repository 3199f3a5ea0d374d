using Director.Config;
using Director.Control;

namespace Director.Reloading;

/// <summary>A configuration on its way into force.</summary>
/// <param name="Before">What is in force.</param>
/// <param name="After">What is to be.</param>
/// <param name="Placement">Where the datapath stands with that, and how its servers are reached.</param>
internal sealed record ReloadContext(DirectorConfig Before, DirectorConfig After, DatapathPlacement Placement);
