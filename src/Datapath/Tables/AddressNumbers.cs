using System.Collections.Immutable;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// The numbers of (protocol, address) pairs, each with how many hold it: a pair that nobody holds any more has none, and gets another one
/// when it returns. Immutable.
/// </summary>
internal sealed class AddressNumbers
{
    private readonly ImmutableDictionary<(IpProtocol Protocol, IpAddress128 Address), (uint Number, int Holders)> _numbers;
    private readonly Lazy<Dictionary<uint, (IpProtocol Protocol, IpAddress128 Address)>> _pairs;

    private AddressNumbers(ImmutableDictionary<(IpProtocol Protocol, IpAddress128 Address), (uint Number, int Holders)> numbers)
    {
        _numbers = numbers;
        _pairs = new(() => numbers.ToDictionary(entry => entry.Value.Number, entry => entry.Key));
    }

    /// <summary>No pairs.</summary>
    public static AddressNumbers Empty { get; } =
        new(ImmutableDictionary<(IpProtocol Protocol, IpAddress128 Address), (uint Number, int Holders)>.Empty);

    /// <summary>How many pairs have a number.</summary>
    public int Count => _numbers.Count;

    /// <summary>All pairs with their numbers, in no order.</summary>
    public IEnumerable<((IpProtocol Protocol, IpAddress128 Address) Pair, uint Number)> All =>
        _numbers.Select(entry => (entry.Key, entry.Value.Number));

    /// <summary>The pair of a number, or null if it is nobody's.</summary>
    public (IpProtocol Protocol, IpAddress128 Address)? PairOf(uint number) =>
        _pairs.Value.TryGetValue(number, out var pair) ? pair : null;

    /// <summary>Begins the next version.</summary>
    public Editor Edit() => new(this);

    /// <summary>The next version while it is made.</summary>
    public sealed class Editor(AddressNumbers before)
    {
        private readonly ImmutableDictionary<(IpProtocol Protocol, IpAddress128 Address), (uint Number, int Holders)>.Builder _numbers =
            before._numbers.ToBuilder();

        private readonly HashSet<(IpProtocol Protocol, IpAddress128 Address)> _touched = [];

        /// <summary>The number of a pair, or 0.</summary>
        public uint this[(IpProtocol Protocol, IpAddress128 Address) pair] => _numbers.GetValueOrDefault(pair).Number;

        /// <summary>Pairs that have got a number or lost it, or both.</summary>
        public IReadOnlyCollection<(IpProtocol Protocol, IpAddress128 Address)> Touched => _touched;

        /// <summary>One holder more; one that is new gets the number after <paramref name="last"/>.</summary>
        public uint Hold(IpProtocol protocol, IpAddress128 address, ref uint last)
        {
            var pair = (protocol, address);
            if (!_numbers.TryGetValue(pair, out var entry))
            {
                entry.Number = ++last;
                _touched.Add(pair);
            }

            _numbers[pair] = (entry.Number, entry.Holders + 1);
            return entry.Number;
        }

        /// <summary>One holder less.</summary>
        public void Release(IpProtocol protocol, IpAddress128 address)
        {
            var pair = (protocol, address);
            var (number, holders) = _numbers[pair];
            if (holders > 1)
            {
                _numbers[pair] = (number, holders - 1);
                return;
            }

            _numbers.Remove(pair);
            _touched.Add(pair);
        }

        /// <summary>The version; the one before if no pair was touched and no count has changed.</summary>
        public AddressNumbers ToNumbers()
        {
            var numbers = _numbers.ToImmutable();
            return ReferenceEquals(numbers, before._numbers) ? before : new(numbers);
        }
    }
}
