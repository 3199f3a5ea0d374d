using System.Runtime.InteropServices;
using Director.Linux;

namespace Director.Tests.Linux;

public class LargePagesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(LargePages.Size)]
    [InlineData(LargePages.Size + 1)]
    [InlineData((3 * LargePages.Size) - 5000)]
    public void Memory_begins_with_a_huge_page_is_zeroed_and_can_be_written_to_its_end(int bytes)
    {
        var taken = LargePages.Instance.Take((nuint)bytes);
        Assert.Equal(0, taken % LargePages.Size);
        foreach (var at in new[] { 0, bytes / 2, bytes - 1 }.Distinct())
        {
            Assert.Equal(0, Marshal.ReadByte(taken, at));
            Marshal.WriteByte(taken, at, 1);
        }

        LargePages.Instance.Return(taken, (nuint)bytes);
    }

    [Fact]
    public void What_was_given_back_is_no_more_there()
    {
        const int bytes = LargePages.Size * 8;
        var before = MappedBytes();
        for (var round = 0; round < 64; round++) LargePages.Instance.Return(LargePages.Instance.Take(bytes), bytes);
        Assert.InRange(MappedBytes() - before, long.MinValue, 63L * bytes);
    }

    [Fact]
    public void Where_there_is_no_memory_the_refusal_says_what_helps()
    {
        var refusal = Assert.Throws<LinuxException>(() => LargePages.Instance.Take((nuint)1 << 60));
        Assert.Contains("table of 1099511627776 MiB", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("fewer connections", refusal.Message, StringComparison.Ordinal);
    }

    private static long MappedBytes() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[0]) * Environment.SystemPageSize;
}
