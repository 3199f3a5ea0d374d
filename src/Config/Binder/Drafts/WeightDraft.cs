namespace Director.Config.Binder;

/// <summary><c>weight N [reverse]</c> of something that can be tracked; null is what was not written.</summary>
internal sealed class WeightDraft
{
    public int? Value { get; set; }

    public bool IsReversed { get; set; }
}
