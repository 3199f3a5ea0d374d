using System.Numerics;
using Director.Net;

namespace Director.Datapath.Tables;

/// <summary>A part of the persistence table under a lock of its own. Every method but the locking ones needs the lock held.</summary>
internal sealed class PersistenceStripe
{
    /// <summary>
    /// What a template that still controls connections gets when its timer fires (Linux ip_vs_conn_expire, "expire_later").
    /// </summary>
    private static readonly uint LaterTicks = Ticks.For(TimeSpan.FromSeconds(60));

    private readonly Template[] _templates;
    private readonly uint[] _buckets;
    private readonly ExpiryWheel _wheel;
    private readonly KeyedHash _hash;
    private uint _unused = 1;
    private uint _free;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);

    public PersistenceStripe(int capacity, KeyedHash hash)
    {
        _templates = new Template[capacity + 1];
        _buckets = new uint[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _wheel = new(capacity);
        _hash = hash;
    }

    /// <summary>Templates held, the invalid ones included.</summary>
    public int Count { get; private set; }

    public ref Template this[uint index] => ref _templates[index];

    public void Enter()
    {
        var taken = false;
        _lock.Enter(ref taken);
    }

    public bool TryEnter()
    {
        var taken = false;
        _lock.TryEnter(ref taken);
        return taken;
    }

    public void Exit() => _lock.Exit();

    /// <summary>The template named <paramref name="key"/>, or 0.</summary>
    public uint Find(in ConnectionKey key)
    {
        for (var index = _buckets[BucketOf(key)]; index != 0; index = _templates[index].Next)
            if (_templates[index].Key.Matches(key)) return index;
        return 0;
    }

    /// <summary>Makes a template named <paramref name="key"/>, of which there is none; 0 if the stripe is full.</summary>
    public uint Add(in ConnectionKey key, RealServerState server, uint timeout, uint now)
    {
        var index = _free != 0 ? _free : _unused < _templates.Length ? _unused : 0;
        if (index == 0) return 0;
        if (index == _free) _free = _templates[index].Next;
        else _unused++;
        ref var bucket = ref _buckets[BucketOf(key)];
        _templates[index] = new()
        {
            Key = key, Server = server.Id, Timeout = timeout, Deadline = now + timeout, Next = bucket, IsListed = true,
        };
        bucket = index;
        _wheel.Add(index, now + timeout, now);
        server.BindTemplate();
        Count++;
        return index;
    }

    /// <summary>A new connection comes under the template's control, which restarts its timer.</summary>
    public void Control(uint index, uint now)
    {
        ref var template = ref _templates[index];
        template.Controlled++;
        var deadline = now + template.Timeout;
        if (deadline < template.Deadline) _wheel.MoveEarlier(index, deadline, now);
        template.Deadline = deadline;
    }

    /// <summary>A connection under the template's control is established. Needs no lock while that connection lasts.</summary>
    public void Assure(uint index) => _templates[index].IsAssured = true;

    /// <summary>The template's server is gone: it is found no more, and ends when its timer does.</summary>
    public void Invalidate(uint index)
    {
        ref var template = ref _templates[index];
        if (!template.IsListed) return;
        ref var link = ref _buckets[BucketOf(template.Key)];
        while (link != index) link = ref _templates[link].Next;
        link = template.Next;
        template.IsListed = false;
    }

    /// <summary>Ends templates whose time has come, and gives a minute more to those that still control connections.</summary>
    /// <returns>How many ended.</returns>
    public int Expire(ForwardingTable table, uint tick, MonoTime now, int budget)
    {
        var ended = 0;
        uint index;
        while ((index = _wheel.Take(tick, ref budget)) != 0)
        {
            ref var template = ref _templates[index];
            if (template.Deadline <= tick && template.Controlled == 0)
            {
                End(index, table.Server(template.Server).State!, now);
                ended++;
                continue;
            }

            if (template.Deadline <= tick)
            {
                template.Timeout = LaterTicks;
                template.Deadline = tick + LaterTicks;
            }

            _wheel.Add(index, template.Deadline, tick);
        }

        return ended;
    }

    /// <summary>
    /// Copies templates from <paramref name="from"/> on, free places (server 0) among them, and says how many: 0 past the last.
    /// </summary>
    public int CopyTo(Span<Template> destination, uint from)
    {
        var count = (int)Math.Min((uint)destination.Length, _unused - Math.Min(from, _unused));
        _templates.AsSpan((int)from, count).CopyTo(destination);
        return count;
    }

    private uint BucketOf(in ConnectionKey key) =>
        (uint)_hash.Of(key.ClientUpper, key.ClientLower, key.Tail) & ((uint)_buckets.Length - 1);

    private void End(uint index, RealServerState server, MonoTime now)
    {
        Invalidate(index);
        server.UnbindTemplate(now);
        _templates[index] = new() { Next = _free };
        _free = index;
        Count--;
    }
}
