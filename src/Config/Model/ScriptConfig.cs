namespace Director.Config;

/// <summary>A program that the operator wants run, without a shell.</summary>
/// <param name="Program">Its path, or a name that is looked for in <c>PATH</c>.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="User">Whom it is run as; null if that is not said, and <see cref="ScriptPolicyConfig"/> says.</param>
/// <param name="Group">With which group; null for that user's own.</param>
/// <param name="Location">Where it stands.</param>
public sealed record ScriptConfig(string Program, IReadOnlyList<string> Arguments, string? User, string? Group, SourceLocation Location)
{
    /// <summary>As a person would type it.</summary>
    public override string ToString() => string.Join(' ', [Program, .. Arguments]) + (User is null ? "" : $" as {User}:{Group}");
}
