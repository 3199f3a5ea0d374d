using System.Xml.Linq;

namespace Director.Tests.Architecture;

/// <summary>Who may know whom: the arrows of ARCHITECTURE.md, held against the project files.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Net"] = [],
        ["Config"] = ["Net"],
        ["Datapath"] = ["Net"],
        ["Vrrp"] = ["Net"],
        ["Bfd"] = ["Net"],
        ["Checks"] = ["Net"],
        ["Tracking"] = ["Net"],
        ["Linux"] = ["Net", "Datapath", "Vrrp", "Bfd"],
        ["Lab"] = ["Net"],
        ["Director"] = ["Net", "Config", "Datapath", "Vrrp", "Bfd", "Checks", "Tracking", "Linux", "Lab"],
    };

    private static readonly string[] Pure = ["Net", "Config", "Datapath", "Vrrp", "Bfd", "Tracking"];

    public static TheoryData<string> Projects => new(Allowed.Keys);

    [Fact]
    public void Every_project_under_src_has_its_place_in_the_picture()
    {
        var found = Directory.GetDirectories(Path.Combine(RepositoryRoot.Path, "src")).Select(Path.GetFileName).Order();
        Assert.Equal(Allowed.Keys.Order(), found);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_those_that_the_picture_allows(string project) =>
        Assert.Empty(References(project).Except(Allowed[project]));

    [Fact]
    public void The_pure_projects_are_checked_for_banned_APIs()
    {
        var marked = Allowed.Keys.Where(project => Load(project).Descendants("PureProject").Any(element => element.Value == "true"));
        Assert.Equal(Pure.Order(), marked.Order());
    }

    [Fact]
    public void Unsafe_code_stays_in_Linux_and_in_the_datapaths_table_memory()
    {
        string[] homes = ["Linux/", "Datapath/Tables/"];
        var strays = SourceFile.All
            .Where(file => !homes.Any(home => file.Name.StartsWith(home, StringComparison.Ordinal)))
            .Where(file => file.Lines.Select(line => line.Split("//")[0]).Any(line => line.Contains("unsafe ", StringComparison.Ordinal)));
        Assert.Empty(strays.Select(file => file.Name));
    }

    private static IEnumerable<string> References(string project) =>
        Load(project).Descendants("ProjectReference")
            .Select(element => Path.GetFileNameWithoutExtension(element.Attribute("Include")!.Value));

    private static XDocument Load(string project) =>
        XDocument.Load(Path.Combine(RepositoryRoot.Path, "src", project, project + ".csproj"));
}
