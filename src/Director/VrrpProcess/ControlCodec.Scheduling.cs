namespace Director.VrrpProcess;

/// <content>How the VRRP process is scheduled.</content>
internal static partial class ControlCodec
{
    /// <summary>Writes <see cref="ControlKind.Scheduling"/>.</summary>
    public static ReadOnlySpan<byte> WriteScheduling(Span<byte> buffer, SchedulingSettings settings)
    {
        var writer = new ControlWriter(buffer, ControlKind.Scheduling);
        writer.Write(settings.RealTimePriority);
        writer.Write(settings.Nice is not null);
        writer.Write(settings.Nice ?? 0);
        writer.Write(settings.Processors.Count);
        foreach (var processor in settings.Processors) writer.Write(processor);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Scheduling"/>.</summary>
    public static bool TryReadScheduling(ref ControlReader reader, out SchedulingSettings settings)
    {
        var (realTime, hasNice, nice) = (reader.Byte(), reader.Bool(), reader.Int());
        var processors = new int[reader.Count(ControlLimits.Processors)];
        for (var i = 0; i < processors.Length; i++) processors[i] = reader.Int();
        settings = new(realTime, hasNice ? nice : null) { Processors = processors };
        return reader.IsWhole;
    }
}
