namespace Director.Config.Text;

/// <summary>A byte of a script's line in UTF-8, for escapes make bytes and not characters.</summary>
/// <param name="Value">The byte.</param>
/// <param name="Offset">Where the character or escape that it comes from begins, counted in UTF-16 units from the value's first.</param>
internal readonly record struct ScriptByte(byte Value, int Offset);
