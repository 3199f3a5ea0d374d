using Director.Config.Binder;

namespace Director.Tests.Documentation;

/// <summary>A kind of block and its keywords.</summary>
/// <param name="Name">The keywords that begin it, such as <c>HTTP_GET, SSL_GET</c>.</param>
/// <param name="Keywords">Its keywords.</param>
internal sealed record KeywordBlock(string Name, IReadOnlyList<IKeyword> Keywords)
{
    /// <summary>The name of what stands outside any block.</summary>
    public const string Outermost = "Outside any block";

    /// <summary>
    /// Every kind of block whose lines are keywords, from the outermost level inwards; one that several keywords begin is there once.
    /// </summary>
    public static IReadOnlyList<KeywordBlock> All { get; } = Walk();

    private static List<KeywordBlock> Walk()
    {
        var names = new OrderedDictionary<IKeywordTable, List<string>> { { RootKeywords.Grammar, [Outermost] } };
        for (var i = 0; i < names.Count; i++)
        {
            foreach (var keyword in names.GetAt(i).Key.Table)
            {
                if (keyword.Use != KeywordUse.Implemented || keyword.Inner is not IKeywordTable { Table.Count: > 0 } inner) continue;
                if (!names.TryGetValue(inner, out var begun)) names.Add(inner, begun = []);
                foreach (var name in keyword.Names.Where(name => !begun.Contains(name))) begun.Add(name);
            }
        }

        return [.. names.Select(block => new KeywordBlock(string.Join(", ", block.Value), block.Key.Table))];
    }
}
