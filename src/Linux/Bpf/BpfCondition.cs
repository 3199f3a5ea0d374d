namespace Director.Linux.Bpf;

/// <summary>Conditions of jumps (RFC 9669 §4.3), all unsigned; the value is the code's high nibble.</summary>
internal enum BpfCondition : byte
{
    /// <summary>left == right.</summary>
    Equal = 0x10,

    /// <summary>left &gt; right.</summary>
    Above = 0x20,

    /// <summary>left &gt;= right.</summary>
    AboveOrEqual = 0x30,

    /// <summary>left &amp; right is not 0.</summary>
    AnyBitOf = 0x40,

    /// <summary>left != right.</summary>
    NotEqual = 0x50,

    /// <summary>left &lt; right.</summary>
    Below = 0xa0,

    /// <summary>left &lt;= right.</summary>
    BelowOrEqual = 0xb0,
}
