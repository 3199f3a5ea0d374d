namespace Director.Lab;

/// <summary>
/// The lab could not be built or run: says which step failed, what the tool answered, and what to do where that is known.
/// </summary>
public sealed class LabException : Exception
{
    /// <summary>A failure told in one message.</summary>
    public LabException(string message) : base(message)
    {
    }

    /// <summary>A failure told in one message, with what caused it.</summary>
    public LabException(string message, Exception cause) : base(message, cause)
    {
    }
}
