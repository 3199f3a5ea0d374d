namespace Director.Config.Binder;

/// <summary>Why a word is no good as a value.</summary>
/// <param name="Reason">What is wrong with it, said of the word: "is not a number".</param>
/// <param name="Hint">What was probably meant, or null.</param>
internal readonly record struct Rejection(string Reason, string? Hint = null);
