namespace Director.Bfd;

/// <summary>The effects of one event, in the order in which they must be done. Made once and reused; no allocation.</summary>
public sealed class BfdEffects
{
    private const int Capacity = 8;

    private readonly BfdEffect[] _effects = new BfdEffect[Capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The effect at <paramref name="index"/>, below <see cref="Count"/>.</summary>
    public ref readonly BfdEffect this[int index] => ref _effects[index];

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends one. No event has more effects than fit.</summary>
    internal void Add(in BfdEffect effect) => _effects[Count++] = effect;
}
