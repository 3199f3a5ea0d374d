namespace Director.Tests.Conformance.Replay;

/// <summary>Plays a scenario against the forwarder and compares each step with what the kernel did.</summary>
internal static class Replayer
{
    /// <summary>Plays <paramref name="scenario"/>; throws at the first step where the forwarder differs from the kernel.</summary>
    public static void Play(Scenario scenario, IPacketPath path)
    {
        using var director = new DirectorModel(path);
        for (var i = 0; i < scenario.Steps.Count; i++) Play(scenario.Steps[i], scenario.InputOf(i), director);
    }

    private static void Play(Step step, IReadOnlyList<string> input, DirectorModel director)
    {
        switch (step.Kind)
        {
            case StepKind.Command:
                var printed = director.Execute(step.Text, input);
                if (step.Text == "ipvsadm -Lnc") Expect(step, ConnectionLines.Agree(step.Seen, printed), step.Seen, printed);
                else Expect(step, step.Seen.SequenceEqual(printed), step.Seen, printed);
                break;
            case StepKind.Packets:
                var (link, frames) = PacketText.Read(step.Text);
                var expected = Outcome.Split(step.Seen);
                var outcomes = frames.Select(frame => director.Send(link, frame)).ToArray();
                Expect(step, expected.SequenceEqual(outcomes), expected, outcomes);
                break;
            case StepKind.Wait:
                director.Pass(step.Duration);
                break;
        }
    }

    private static void Expect(Step step, bool agree, IEnumerable<string> kernel, IEnumerable<string> here)
    {
        if (agree) return;
        throw new ConformanceException($"""
            {step.Place}: {step.Line}
            kernel: {string.Join("\n        ", kernel)}
            here:   {string.Join("\n        ", here)}
            """);
    }
}
