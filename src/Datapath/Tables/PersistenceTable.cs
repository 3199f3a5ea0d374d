using System.Runtime.CompilerServices;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>
/// Which client belongs to which server (Linux net/netfilter/ipvs/ip_vs_core.c <c>ip_vs_sched_persist</c>). Shared by all workers; cut
/// into stripes by the client's hash, each under its own lock, taken for new and ended connections only. A template's reference is its
/// place in the stripe and the stripe's number; 0 is none.
/// </summary>
public sealed class PersistenceTable
{
    private const int StripeBits = 4;
    private const int StripeCount = 1 << StripeBits;

    private readonly PersistenceStripe[] _stripes = new PersistenceStripe[StripeCount];
    private readonly KeyedHash _hash;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">
    /// The most templates held at once, 1–<see cref="DatapathLimits.MaxTemplates"/>; rounded up to the stripes.
    /// </param>
    /// <param name="seed">Secret of the hash, drawn at random once per process.</param>
    public PersistenceTable(int capacity, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, DatapathLimits.MaxTemplates);
        _hash = new(seed);
        var each = (capacity + StripeCount - 1) / StripeCount;
        for (var i = 0; i < StripeCount; i++) _stripes[i] = new(each, new(seed));
        Capacity = each * StripeCount;
    }

    /// <summary>The most templates held at once.</summary>
    public int Capacity { get; }

    /// <summary>Templates held. Any thread; a moment old.</summary>
    public int Count => _stripes.Sum(stripe => stripe.Count);

    /// <summary>A hash of <paramref name="key"/> that all workers agree on.</summary>
    internal ulong HashOf(in ConnectionKey key) => _hash.Of(key.ClientUpper, key.ClientLower, key.Tail);

    /// <summary>Number of the stripe that holds <paramref name="key"/>.</summary>
    internal int StripeOf(in ConnectionKey key) => (int)(HashOf(key) >> (64 - StripeBits));

    /// <summary>Stripe <paramref name="number"/>.</summary>
    internal PersistenceStripe Stripe(int number) => _stripes[number];

    /// <summary>The reference that a connection keeps to template <paramref name="index"/> of stripe <paramref name="stripe"/>.</summary>
    internal static uint Reference(int stripe, uint index) => index << StripeBits | (uint)stripe;

    /// <summary>
    /// Copies templates of one stripe from a place on, holding its lock; 0 past its last. False if there is no such stripe.
    /// </summary>
    internal bool TryCopyTo(Span<Template> destination, int stripe, uint from, out int count)
    {
        count = 0;
        if (stripe >= StripeCount) return false;
        _stripes[stripe].Enter();
        count = _stripes[stripe].CopyTo(destination, from);
        _stripes[stripe].Exit();
        return true;
    }

    /// <summary>A connection that <paramref name="reference"/> controls is established.</summary>
    internal void Assure(uint reference) => StripeOf(reference, out var index).Assure(index);

    /// <summary>A connection that <paramref name="reference"/> controlled has ended.</summary>
    internal void Release(uint reference)
    {
        var stripe = StripeOf(reference, out var index);
        stripe.Enter();
        stripe[index].Controlled--;
        stripe.Exit();
    }

    /// <summary>Ends what has run out; each worker calls it once per tick, and a stripe that another one has is left to that one.</summary>
    /// <returns>How many templates ended.</returns>
    internal int Expire(ForwardingTable table, uint tick, MonoTime now)
    {
        var ended = 0;
        foreach (var stripe in _stripes)
        {
            if (!stripe.TryEnter()) continue;
            ended += stripe.Expire(table, tick, now, DatapathLimits.ExpiryStepsPerStripe);
            stripe.Exit();
        }

        return ended;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PersistenceStripe StripeOf(uint reference, out uint index)
    {
        index = reference >> StripeBits;
        return _stripes[reference & (StripeCount - 1)];
    }
}
