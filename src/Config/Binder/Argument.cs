namespace Director.Config.Binder;

/// <summary>Reads one word as a value.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
internal abstract class Argument<T>
{
    /// <summary>What it takes, as in "needs …".</summary>
    public abstract string Expected { get; }

    /// <summary>
    /// Whether nearly every word is accepted, so that a word that reads as a value says nothing about what was meant.
    /// </summary>
    public virtual bool IsFreeText => false;

    /// <summary>Reads the word, or says why not.</summary>
    public abstract bool TryParse(string text, out T value, out Rejection rejection);
}
