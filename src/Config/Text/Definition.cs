namespace Director.Config.Text;

/// <summary>What a name stands for: text within a line, or several lines. Defining the name anew makes another one.</summary>
internal sealed class Definition
{
    public Definition(string name, string text) => (Name, Text) = (name, text);

    public Definition(string name, IReadOnlyList<TextLine> body) => (Name, Text, Body) = (name, "", body);

    public string Name { get; }

    /// <summary>The text of one line; empty if there are several.</summary>
    public string Text { get; }

    /// <summary>The lines, at least one, the first of which may be empty; null if the definition is only text.</summary>
    public IReadOnlyList<TextLine>? Body { get; }
}
