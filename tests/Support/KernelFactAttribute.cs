namespace Director.Tests.Support;

/// <summary>
/// A test that needs the kernel: root, network namespaces, veth and AF_XDP. Where one is missing it is skipped, saying which.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelFactAttribute : FactAttribute
{
    public KernelFactAttribute() => Skip = KernelFeatures.Missing;
}
