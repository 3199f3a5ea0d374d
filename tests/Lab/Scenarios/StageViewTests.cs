using Director.Lab.Scenarios;
using Director.Net;

namespace Director.Tests.Lab.Scenarios;

public sealed class StageViewTests
{
    [Theory]
    [InlineData("run vip MASTER", "run - BACKUP", "d1")]
    [InlineData("run - BACKUP", "run vip MASTER", "d2")]
    [InlineData("run - BACKUP", "run - BACKUP", null)]
    [InlineData("run vip MASTER", "run vip MASTER", null)] // two are none
    [InlineData("dead vip -", "run vip MASTER", "d2")] // an address on a dead machine owns nothing
    [InlineData("run vip BACKUP", "run - BACKUP", null)] // on its way
    [InlineData("run vip -", "run - -", "d1")] // a director that says nothing of itself, such as keepalived
    public void The_master_is_the_one_running_director_that_has_the_vip(string first, string second, string? master)
    {
        var view = new StageView(MonoTime.Zero, [Director("d1", first), Director("d2", second)]);

        Assert.Equal(master, view.Master);
    }

    [Fact]
    public void Changes_are_told_in_words_and_no_change_is_silence()
    {
        var before = new StageView(MonoTime.Zero, [Director("d1", "run vip MASTER"), Director("d2", "run - BACKUP")]);
        var after = new StageView(MonoTime.Zero, [Director("d1", "dead - -"), Director("d2", "run vip MASTER")]);

        Assert.Equal(["d1 is down now", "the VIP left d1", "d2 is MASTER now", "the VIP came to d2"], after.ChangesSince(before));
        Assert.Empty(after.ChangesSince(after));
    }

    private static DirectorView Director(string role, string text)
    {
        var words = text.Split(' ');
        return new(role, words[0] == "run", words[1] == "vip", words[2] == "-" ? null : new DirectorStatus(words[2], "", false, []));
    }
}
