namespace Director.Tests.Conformance;

/// <summary>What a line of a scenario does.</summary>
internal enum StepKind
{
    /// <summary>An empty line, or a remark: <c># …</c>.</summary>
    Remark,

    /// <summary>A command in the director's namespace: <c>$ …</c>.</summary>
    Command,

    /// <summary>A line of the standard input of the command above: <c>+ …</c>.</summary>
    Input,

    /// <summary>Packets: <c>> …</c>, as <see cref="PacketText"/> reads them.</summary>
    Packets,

    /// <summary>Time passes: <c>wait SECONDS</c>.</summary>
    Wait,
}
