namespace Director.Tests.Support;

/// <summary>
/// Tests that load the machine or depend on its timing run one after the other, with nothing beside them. A class of kernel tests that
/// only waits, patiently, for protocols' timers stays out of this collection: as many of those run at once as there are processors.
/// </summary>
[CollectionDefinition("kernel", DisableParallelization = true)]
public sealed class KernelCollection;
