namespace Director.Control;

/// <summary>One object of a configuration.</summary>
/// <param name="Name">What names it, such as <c>virtual_server [192.0.2.1]:tcp:80</c>.</param>
/// <param name="Properties">Its properties by keyword.</param>
internal sealed record OutlineObject(string Name, IReadOnlyList<(string Keyword, string Value)> Properties);
