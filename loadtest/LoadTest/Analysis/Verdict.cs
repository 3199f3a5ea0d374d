namespace Director.LoadTest.Analysis;

/// <summary>What became of a threshold.</summary>
/// <param name="Threshold">What must hold.</param>
/// <param name="Seen">What was.</param>
/// <param name="Held">Whether it held; null if the run ended before it could be judged.</param>
internal sealed record Verdict(string Threshold, string Seen, bool? Held)
{
    /// <summary>For people: one word.</summary>
    public string Told => Held switch
    {
        true => "held",
        false => "FAILED",
        null => "not judged",
    };
}
