using System.Reflection;

namespace Director.Hosting;

/// <summary>Which director this is.</summary>
internal static class ProductVersion
{
    /// <summary>Its version, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
