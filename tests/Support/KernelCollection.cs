namespace Director.Tests.Support;

/// <summary>Tests that load the machine or depend on its timing run one after the other, with nothing beside them.</summary>
[CollectionDefinition("kernel", DisableParallelization = true)]
public sealed class KernelCollection;
