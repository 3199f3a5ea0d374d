using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Director.Datapath.Tables;

/// <summary>
/// An immutable array in pages. The next version (<see cref="Edit"/>) shares every page that is not written to, so that a change of one
/// element costs a page whatever the length, and what has changed between two versions is found without a look at what has not
/// (<see cref="PagedArrayChanges.ChangesSince"/>). Readable by any thread.
/// </summary>
/// <typeparam name="T">What it holds.</typeparam>
[SuppressMessage("Naming", "CA1710", Justification = "it is an array")]
public sealed class PagedArray<T> : IReadOnlyList<T>
{
    /// <summary>Elements of a page, as a power of two.</summary>
    internal const int PageShift = 7;

    private const int PageSize = 1 << PageShift;

    /// <summary>Whole pages; what lies behind the last element is default.</summary>
    private readonly T[][] _pages;

    private PagedArray(T[][] pages, int count) => (_pages, Count) = (pages, count);

    /// <summary>The one without elements.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "as Array.Empty")]
    public static PagedArray<T> Empty { get; } = new([], 0);

    /// <summary>How many elements.</summary>
    public int Count { get; }

    /// <summary>The pages, for whoever compares versions.</summary>
    internal ReadOnlySpan<T[]> Pages => _pages;

    /// <inheritdoc/>
    T IReadOnlyList<T>.this[int index] => this[index];

    /// <summary>Element <paramref name="index"/>, 0 to <see cref="Count"/> less one.</summary>
    public ref readonly T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _pages[index >> PageShift][index & (PageSize - 1)];
    }

    /// <summary>The same, but it is not looked whether there is one: for the packet path, by an index that is this array's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly T Unchecked(int index)
    {
        var page = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_pages), index >> PageShift);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(page), index & (PageSize - 1));
    }

    /// <summary>One of these elements; <paramref name="elements"/> itself if it is one.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "a constructor that need not make anything")]
    public static PagedArray<T> Of(IReadOnlyCollection<T> elements)
    {
        if (elements is PagedArray<T> made) return made;
        ArgumentNullException.ThrowIfNull(elements);
        var next = Empty.Edit(elements.Count);
        var index = 0;
        foreach (var element in elements) next[index++] = element;
        return next.ToPagedArray();
    }

    /// <summary>Begins the next version, of the same length or another; elements that are new are default.</summary>
    public Editor Edit(int? count = null) => new(this, count ?? Count);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < Count; index++) yield return this[index];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The next version while it is made. One thread.</summary>
    public sealed class Editor
    {
        private readonly PagedArray<T> _before;
        private readonly List<T[]> _pages;
        private int _count;

        internal Editor(PagedArray<T> before, int count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            (_before, _count) = (before, Math.Min(count, before.Count));
            _pages = [.. before._pages.AsSpan(0, PagesOf(_count))];

            // What was cut off a page is nobody's: it is default when the array grows again.
            if (_count < before.Count && _count % PageSize != 0) OwnPage(_count).AsSpan(_count % PageSize).Clear();
            Grow(count);
        }

        /// <summary>The length so far.</summary>
        public int Count => _count;

        /// <summary>Element <paramref name="index"/>, to write; its page is copied before the first time.</summary>
        public ref T this[int index] => ref OwnPage(index)[index % PageSize];

        /// <summary>Element <paramref name="index"/>, to read.</summary>
        public ref readonly T Peek(int index) => ref _pages[index / PageSize][index % PageSize];

        /// <summary>Sees to it that there are at least <paramref name="count"/> elements; the new ones are default.</summary>
        public void Grow(int count)
        {
            while (_pages.Count < PagesOf(count)) _pages.Add(new T[PageSize]);
            _count = Math.Max(_count, count);
        }

        /// <summary>The version; the one before if it was not touched. The editor is of no use any more.</summary>
        public PagedArray<T> ToPagedArray() =>
            _count == _before.Count && _pages.SequenceEqual(_before._pages, ReferenceEqualityComparer.Instance)
                ? _before
                : new([.. _pages], _count);

        private static int PagesOf(int count) => (count + PageSize - 1) / PageSize;

        private T[] OwnPage(int index)
        {
            var page = index / PageSize;
            if (page < _before._pages.Length && ReferenceEquals(_pages[page], _before._pages[page])) _pages[page] = [.. _pages[page]];
            return _pages[page];
        }
    }
}
