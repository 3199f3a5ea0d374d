using Director.Lab.Narration;
using Director.Lab.Scenarios;

namespace Director.Tests.Lab.Scenarios;

/// <summary>A narrator that remembers what it was told.</summary>
internal sealed class TellTale : INarrator
{
    public List<string> Told { get; } = [];

    public int Scenes { get; private set; }

    public void Scenario(string name, string about) => Told.Add($"scenario {name}");

    public void Step(string title) => Told.Add($"step {title}");

    public void Note(string text) => Told.Add(text);

    public void Expectation(Expectation expectation) => Told.Add($"{(expectation.Held ? "held" : "failed")} {expectation.What}");

    public void Show(Scene scene) => Scenes++;
}
