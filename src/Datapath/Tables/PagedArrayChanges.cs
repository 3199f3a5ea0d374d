namespace Director.Datapath.Tables;

/// <summary>What has changed between two versions of a <see cref="PagedArray{T}"/>.</summary>
public static class PagedArrayChanges
{
    /// <summary>
    /// The positions at which another object stands than in <paramref name="before"/>, or none stood, in order. Pages that both share are
    /// not looked at.
    /// </summary>
    public static IEnumerable<int> ChangesSince<T>(this PagedArray<T> now, PagedArray<T> before)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(before);
        for (var page = 0; page << PagedArray<T>.PageShift < now.Count; page++)
        {
            var isShared = page < before.Pages.Length && ReferenceEquals(now.Pages[page], before.Pages[page]);
            var index = page << PagedArray<T>.PageShift;
            var end = Math.Min(now.Count, (page + 1) << PagedArray<T>.PageShift);
            for (index = isShared ? Math.Max(index, before.Count) : index; index < end; index++)
                if (index >= before.Count || !ReferenceEquals(now[index], before[index])) yield return index;
        }
    }
}
