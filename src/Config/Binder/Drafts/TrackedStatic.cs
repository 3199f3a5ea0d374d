using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>Something that the host has and the instances of a <c>track_group</c> need.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Interface">The interface without which the host cannot have it; null if it names none.</param>
internal sealed record TrackedStatic(Word Group, string? Interface);
