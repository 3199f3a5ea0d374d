namespace Director.Linux.Xdp;

/// <summary>Frames of a device by what became of them in the steering program, since it was attached.</summary>
public sealed class SteeringCounts
{
    private readonly ulong[] _values;

    /// <summary>Takes one value for each <see cref="SteeringCounter"/>, in its order.</summary>
    internal SteeringCounts(ReadOnlySpan<ulong> values) => _values = values.ToArray();

    /// <summary>Frames of one kind.</summary>
    public ulong this[SteeringCounter counter] => _values[(int)counter];

    /// <summary>All frames that the device has received.</summary>
    public ulong Total
    {
        get
        {
            ulong total = 0;
            foreach (var value in _values) total += value;
            return total;
        }
    }
}
