namespace Director.Checks.Probes;

/// <summary>Takes in the body of a response.</summary>
internal interface IHttpBody
{
    /// <summary>The next bytes, in order.</summary>
    void Append(ReadOnlySpan<byte> bytes);
}
