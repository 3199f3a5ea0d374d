using Director.Config.Binder;

namespace Director.Tests.Documentation;

public sealed class KeywordPageTests
{
    [Fact]
    public void The_page_in_the_repository_is_what_the_tables_say() => Assert.True(
        File.Exists(KeywordPage.Path) && File.ReadAllText(KeywordPage.Path) == KeywordPage.Write(),
        "docs/keepalived.md is not what the tables of keywords say: ./dev docs writes it anew");

    [Fact]
    public void What_holds_without_a_keyword_is_said_of_every_one_that_has_arguments()
    {
        var unsaid = from block in KeywordBlock.All
                     from keyword in block.Keywords
                     where keyword is { Use: KeywordUse.Implemented, IsRequired: false, Inner: null, Arguments: not "" }
                     where KeywordFacts.Of(block.Name, keyword.Names[0])?.Default is null
                     select $"{block.Name}: {keyword.Names[0]} ({keyword.Arguments})";

        Assert.True(!unsaid.Any(), string.Join('\n', unsaid));
    }

    [Fact]
    public void Nothing_is_said_of_a_keyword_that_is_not_there()
    {
        var known = from block in KeywordBlock.All from keyword in block.Keywords select (block.Name, keyword.Names[0]);

        var wrong = KeywordFacts.All.Where(fact => fact.Block != KeywordFacts.OfChecks)
            .Select(fact => (fact.Block, fact.Keyword)).Except(known);

        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }
}
