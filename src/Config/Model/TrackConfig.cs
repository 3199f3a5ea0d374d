namespace Director.Config;

/// <summary>A line of a <c>track_*</c> block of an instance or a sync group.</summary>
/// <param name="Kind">What is tracked.</param>
/// <param name="Name">Its name; of a virtual server its <see cref="Director.Net.ServiceKey"/> as text.</param>
/// <param name="Weight">
/// What is added to the priority while it is well (if positive) or is not (if negative), for a file for each unit of its number; 0: the
/// instance is in FAULT while it is not well. −253 to 253; of files and processes −254 to 254.
/// </param>
/// <param name="IsReversed"><c>reverse</c>: the sign, or with weight 0 the meaning, is turned round.</param>
/// <param name="Location">Where the line stands.</param>
public sealed record TrackConfig(TrackedKind Kind, string Name, int Weight, bool IsReversed, SourceLocation Location)
{
    /// <summary>As it is told in a reload's plan.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} weight {Weight}{(IsReversed ? " reverse" : "")}");
}
