namespace Director.Config;

/// <summary>What a piece of a written diagnostic is, for whoever gives it a colour.</summary>
public enum Ink
{
    /// <summary>Text.</summary>
    Plain,

    /// <summary>A path with line and column.</summary>
    Place,

    /// <summary>The severity of an error, and what marks it.</summary>
    Error,

    /// <summary>The same of a warning.</summary>
    Warning,

    /// <summary>The same of a hint.</summary>
    Hint,

    /// <summary>What is wrong.</summary>
    Message,

    /// <summary>Line numbers, and the bar behind them.</summary>
    Gutter,

    /// <summary>A second place, and what leads over to why and fix.</summary>
    Aside,
}
