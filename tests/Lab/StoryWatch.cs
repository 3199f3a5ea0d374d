using System.Text;

namespace Director.Tests.Lab;

/// <summary>Passes text on, and does something once when a line with certain words goes by.</summary>
internal sealed class StoryWatch(TextWriter output, string words, Action heard) : TextWriter
{
    private bool _heard;

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => output.Write(value);

    public override void Write(string? value) => output.Write(value);

    public override void WriteLine(string? value)
    {
        output.WriteLine(value);
        if (_heard || value?.Contains(words, StringComparison.Ordinal) != true) return;
        _heard = true;
        heard();
    }
}
