using Director.Linux;
using Director.Linux.Abi;

namespace Director.Tests.Linux;

public sealed class LinuxExceptionTests
{
    [Fact]
    public void It_names_the_call_the_subject_the_answer_and_the_remedy()
    {
        var refusal = new LinuxException("bind(AF_XDP)", "eth0 queue 0", Errno.EBUSY, "stop the other user");
        Assert.Equal("bind(AF_XDP) eth0 queue 0: Device or resource busy (EBUSY); stop the other user", refusal.Message);
        Assert.Equal(Errno.EBUSY, refusal.Errno);
    }

    [Fact]
    public void An_error_without_a_remedy_ends_after_the_answer() =>
        Assert.EndsWith("(ENODEV)", new LinuxException("ioctl(SIOCGIFHWADDR)", "eth9", Errno.ENODEV).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_number_is_shown_as_it_is() => Assert.Equal("4095", Errno.NameOf(4095));
}
