namespace Director.Tests.Conformance;

/// <summary>
/// Scenarios that the kernel was recorded in, and that cannot go as there yet: what is missing. A scenario that goes as in the kernel though
/// it stands here fails its test, so the list only says what is true.
/// </summary>
internal static class NotYet
{
    public static IReadOnlyDictionary<string, string> Features { get; } = new Dictionary<string, string>
    {
    };
}
