using System.Reflection;
using Director.Config;
using Director.Reloading;
using Director.Tests.Config;

namespace Director.Tests.Reloading;

/// <summary>What a reload knows of the configuration model without being told.</summary>
public sealed class ModelTests
{
    /// <summary>Whatever a configuration may say: a part that is compared by identity would be changed by every reload.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public void What_is_read_twice_is_the_same(string path)
    {
        var text = File.ReadAllText(path);
        var (one, other) = (Read(text), Read("! a line more, so that everything stands elsewhere\n" + text));
        Assert.True(ModelEquality.AreSame(one, other));
        Assert.Empty(ReloadPlan.Compare(one, other));
        Assert.All(ConfigReuse.Share(one, other).VirtualServers.Zip(one.VirtualServers), pair => Assert.Same(pair.Second, pair.First));
    }

    [Fact]
    public void Every_keyword_that_is_listed_is_of_a_property_that_there_is()
    {
        var types = typeof(DirectorConfig).Assembly.GetTypes().Where(type => type.Namespace == "Director.Config")
            .ToLookup(type => type.Name);
        Assert.All(ModelKeywords.Listed.Keys, listed => Assert.Contains(types[listed.Split('.')[0]],
            type => type.GetProperty(listed.Split('.')[1], BindingFlags.Public | BindingFlags.Instance) is not null));
    }

    [Fact]
    public void A_difference_anywhere_is_one()
    {
        var seed = Random.Shared.Next();
        var configs = new RandomConfig(new Random(seed));
        for (var round = 0; round < 50; round++)
        {
            var (one, other) = (configs.Next(), configs.Next());
            var (before, after) = (Read(one), Read(other));
            var plan = ReloadPlan.Compare(before, after);
            Assert.True(ModelEquality.AreSame(before, after) == (plan.Count == 0), $"seed {seed}\n{one}\n{other}");
            Assert.Equal(
                plan.Select(step => step.ToString()),
                ReloadPlan.Compare(before, ConfigReuse.Share(before, after)).Select(step => step.ToString()));
        }
    }

    public static TheoryData<string> Examples() =>
        [.. Directory.GetFiles(Path.Combine(Architecture.RepositoryRoot.Path, "examples"), "*.conf", SearchOption.AllDirectories)];

    private static DirectorConfig Read(string text) =>
        ConfigReader.Read("/lb.conf", new MemoryConfigFiles { ["/lb.conf"] = text }).Config;
}
