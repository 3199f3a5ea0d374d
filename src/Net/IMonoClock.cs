namespace Director.Net;

/// <summary>The monotonic clock, as runners read it. Tests hand in their own; the kernel's is in <c>Director.Linux</c>.</summary>
public interface IMonoClock
{
    /// <summary>The present instant. Cheap enough to read once per batch; safe from any thread.</summary>
    MonoTime Now { get; }
}
