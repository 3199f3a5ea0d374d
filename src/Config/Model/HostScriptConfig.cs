namespace Director.Config;

/// <summary>A program that is run once, when the director starts or after it has stopped serving.</summary>
/// <param name="Script">What.</param>
/// <param name="Timeout">How long it may take, 1–1000 s.</param>
public sealed record HostScriptConfig(ScriptConfig Script, TimeSpan Timeout);
