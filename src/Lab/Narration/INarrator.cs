using Director.Lab.Scenarios;

namespace Director.Lab.Narration;

/// <summary>Tells people what happens in the lab, as it happens. Called by one thread at a time.</summary>
internal interface INarrator
{
    /// <summary>A scenario begins.</summary>
    void Scenario(string name, string about);

    /// <summary>A step of it begins.</summary>
    void Step(string title);

    /// <summary>Something happened or was noticed.</summary>
    void Note(string text);

    /// <summary>An expectation was decided.</summary>
    void Expectation(Expectation expectation);

    /// <summary>The present state; called several times a second, to be drawn where drawing is possible.</summary>
    void Show(Scene scene);
}
