namespace Director.Tests.Support;

/// <summary>The same as <see cref="KernelFactAttribute"/>, for a test with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelTheoryAttribute : TheoryAttribute
{
    public KernelTheoryAttribute() => Skip = KernelFeatures.Missing;
}
