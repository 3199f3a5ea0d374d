using System.Runtime.InteropServices;
using System.Text;
using Director.Tracking;

namespace Director.Tests.Tracking;

public sealed partial class FileValueTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("5\n", 5)]
    [InlineData("  -17 apples", -17)]
    [InlineData("+3", 3)]
    [InlineData("0x10", 16)]
    [InlineData("-0XfF", -255)]
    [InlineData("010", 8)]
    [InlineData("019", 1)]
    [InlineData("12abc", 12)]
    [InlineData("apples", 0)]
    [InlineData("- 1", 0)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("-2147483647", -int.MaxValue)]
    [InlineData("2147483648", 0)]
    [InlineData("99999999999999999999999999", 0)]
    public void A_number_is_read_as_strtol_reads_it(string text, int expected) =>
        Assert.Equal(expected, FileValue.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Any_text_reads_as_strtol_reads_it()
    {
        var random = new Random(7);
        const string characters = "0123456789xXaAfFgG+- \t";
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => characters[random.Next(characters.Length)]));
            // "0x" without a digit behind it is 0 to both.
            var theirs = StrToL(text, 0, 0);
            Assert.True(FileValue.Parse(Encoding.ASCII.GetBytes(text)) == (theirs is > int.MaxValue or < int.MinValue ? 0 : theirs), text);
        }
    }

    [LibraryImport("libc", EntryPoint = "strtol", StringMarshalling = StringMarshalling.Utf8)]
    private static partial long StrToL(string text, nint end, int radix);
}
