namespace Director.Config.Text;

/// <summary>What a logical line is.</summary>
internal enum LogicalLineKind
{
    /// <summary>One word or more.</summary>
    Words,

    /// <summary><c>{</c></summary>
    Open,

    /// <summary><c>}</c></summary>
    Close,
}
