using Director.Datapath.Tables;

namespace Director.Tests.Datapath;

public sealed class PagedArrayTests
{
    [Fact]
    public void Any_history_of_edits_gives_what_a_list_gives_and_leaves_every_older_version_as_it_was()
    {
        var random = new Random(20261123);
        var array = PagedArray<string>.Empty;
        var list = new List<string?>();
        var versions = new List<(PagedArray<string> Array, string?[] Content)>();
        for (var edit = 0; edit < 300; edit++)
        {
            var count = random.Next(3) == 0 ? random.Next(700) : list.Count;
            var next = array.Edit(count);
            while (list.Count > count) list.RemoveAt(list.Count - 1);
            while (list.Count < count) list.Add(null);
            for (var writes = random.Next(4); writes > 0 && count > 0; writes--)
            {
                var place = random.Next(count);
                next[place] = list[place] = $"{edit}.{writes}";
            }

            array = next.ToPagedArray();
            Assert.Equal(list, array);
            versions.Add((array, [.. list]));
        }

        Assert.All(versions, version => Assert.Equal(version.Content, version.Array));
    }

    [Fact]
    public void What_has_changed_is_found_exactly_whatever_the_versions()
    {
        var random = new Random(20261124);
        var array = PagedArray<string>.Of([.. Enumerable.Range(0, 500).Select(number => $"{number}")]);
        for (var edit = 0; edit < 200; edit++)
        {
            var next = array.Edit(random.Next(2) == 0 ? array.Count : random.Next(1, 700));
            for (var writes = random.Next(5); writes > 0; writes--) next[random.Next(next.Count)] = $"{edit}.{writes}";
            var after = next.ToPagedArray();
            var differing = Enumerable.Range(0, after.Count)
                .Where(place => place >= array.Count || !ReferenceEquals(after[place], array[place]));
            Assert.Equal(differing, after.ChangesSince(array));
            array = after;
        }
    }

    [Fact]
    public void A_page_that_is_not_written_to_is_shared()
    {
        var before = PagedArray<string>.Of([.. Enumerable.Range(0, 1000).Select(number => $"{number}")]);
        var edit = before.Edit();
        edit[500] = "other";
        var after = edit.ToPagedArray();
        var others = Enumerable.Range(0, after.Pages.Length).Where(page => !ReferenceEquals(after.Pages[page], before.Pages[page]));
        Assert.Equal(500 >> PagedArray<string>.PageShift, Assert.Single(others));
        Assert.Same(after, after.Edit().ToPagedArray());
        Assert.Same(after, PagedArray<string>.Of(after));
    }

    [Fact]
    public void What_was_cut_off_is_gone_when_the_array_grows_again()
    {
        var cut = PagedArray<string>.Of(["a", "b", "c"]).Edit(1).ToPagedArray();
        Assert.Equal(["a", null, null], cut.Edit(3).ToPagedArray());
    }
}
