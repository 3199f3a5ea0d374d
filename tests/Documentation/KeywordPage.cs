using System.Text;
using Director.Config.Binder;
using Director.Tests.Config;

namespace Director.Tests.Documentation;

/// <summary><c>docs/keepalived.md</c>, written from the tables that the director reads configurations by.</summary>
internal static class KeywordPage
{
    /// <summary>Where the page is.</summary>
    public static string Path => Reading.RepositoryFile("docs", "keepalived.md");

    /// <summary>The whole page.</summary>
    public static string Write()
    {
        var page = new StringBuilder(KeywordPageText.Head);
        foreach (var block in KeywordBlock.All)
        {
            page.Append($"\n### {block.Name}\n\n| keyword | arguments | default | here |\n|---|---|---|---|\n");
            foreach (var (names, keyword) in Merged(block.Keywords)) page.Append(Row(block, names, keyword));
        }

        return page.ToString();
    }

    /// <summary>What is implemented as the table has it; then the others, those together that have one reason.</summary>
    private static IEnumerable<(IReadOnlyList<string> Names, IKeyword Keyword)> Merged(IReadOnlyList<IKeyword> keywords)
    {
        foreach (var keyword in keywords.Where(keyword => keyword.Use == KeywordUse.Implemented)) yield return (keyword.Names, keyword);
        foreach (var alike in keywords.Where(keyword => keyword.Use != KeywordUse.Implemented)
            .GroupBy(keyword => (keyword.Use, keyword.Reason)).OrderBy(group => group.Key.Use))
        {
            yield return ([.. alike.SelectMany(keyword => keyword.Names)], alike.First());
        }
    }

    private static string Row(KeywordBlock block, IReadOnlyList<string> names, IKeyword keyword)
    {
        var spelled = string.Join(keyword.Use == KeywordUse.Implemented ? " = " : ", ", names.Select(name => $"`{name}`"));
        var isUsed = keyword.Use == KeywordUse.Implemented;
        var fact = isUsed ? KeywordFacts.Of(block.Name, names[0]) : null;
        var arguments = isUsed ? fact?.Arguments ?? keyword.Arguments : "";
        if (isUsed && keyword.Inner is not null) arguments = $"{arguments} {{ }}".Trim();
        var without = !isUsed ? "" : keyword.IsRequired ? "required" : fact?.Default ?? "";
        if (fact is { IsLiteral: true }) without = $"`{without}`";
        return $"| {spelled} | {Cell(arguments)} | {Cell(without)} | {Cell(Here(block, keyword))} |\n";
    }

    private static string Here(KeywordBlock block, IKeyword keyword) => keyword.Use switch
    {
        KeywordUse.Implemented when IsOwn(block, keyword) => "yes; the director's own",
        KeywordUse.Implemented => "yes",
        KeywordUse.NotUsed => $"not used: {keyword.Reason}",
        _ => $"refused, with the block that it stands in: {keyword.Reason}",
    };

    /// <summary>Whether keepalived has no such keyword.</summary>
    private static bool IsOwn(KeywordBlock block, IKeyword keyword)
    {
        var names = block.Name == KeywordBlock.Outermost ? [KeepalivedKeywords.Outermost] : block.Name.Split(", ");
        return !KeepalivedKeywords.All.Any(known => names.Contains(known.Name) && known.Each.Intersect(keyword.Names).Any());
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
