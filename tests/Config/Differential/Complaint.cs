namespace Director.Tests.Config.Differential;

/// <summary>One line of what keepalived says of a file.</summary>
/// <param name="Line">The line of the main file that it names; 0 if it names none.</param>
/// <param name="Text">What it says.</param>
internal sealed record Complaint(int Line, string Text);
