using Director.Tests.Support;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer(LongestFirst.TypeName, LongestFirst.AssemblyName)]

namespace Director.Tests.Support;

/// <summary>
/// Classes that wait for VRRP's timers begin, and the many quick ones run beside and after them, so that no processor is left with a long
/// one at the end. Otherwise by name: the order is the same each time.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    internal const string TypeName = "Director.Tests.Support.LongestFirst";
    internal const string AssemblyName = "Director.Tests";

    private static readonly string[] Waiting = [".Interop.", ".Whole.", ".Vrrp"];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections
        .OrderBy(collection => !Waiting.Any(part => collection.DisplayName.Contains(part, StringComparison.Ordinal)))
        .ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);
}
