using Director.Linux.Bpf;

namespace Director.Tests.Linux.Bpf;

public sealed class ProcessorsTests
{
    [Theory]
    [InlineData("0\n", 1)]
    [InlineData("0-3\n", 4)]
    [InlineData("0-3,8,10-11\n", 7)]
    public void A_list_of_processors_is_counted(string list, int count) => Assert.Equal(count, Processors.Count(list));

    [Theory]
    [InlineData("")]
    [InlineData("3-1")]
    [InlineData("0-")]
    [InlineData("-1")]
    public void What_is_no_list_is_refused(string list) => Assert.Throws<FormatException>(() => { _ = Processors.Count(list); });

    [Fact]
    public void This_machine_can_have_at_least_the_processors_that_it_has() =>
        Assert.True(Processors.Possible >= Environment.ProcessorCount);
}
