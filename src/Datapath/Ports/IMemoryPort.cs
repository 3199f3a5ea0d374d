namespace Director.Datapath.Ports;

/// <summary>Where large tables get their memory from. Any thread.</summary>
public interface IMemoryPort
{
    /// <summary>
    /// Takes <paramref name="bytes"/> of zeroed memory, on a cache line; throws if there is none. What nobody touches need not be paid for.
    /// </summary>
    nint Take(nuint bytes);

    /// <summary>Gives back what <see cref="Take"/> gave for as many <paramref name="bytes"/>. Nobody uses it any more.</summary>
    void Return(nint address, nuint bytes);
}
