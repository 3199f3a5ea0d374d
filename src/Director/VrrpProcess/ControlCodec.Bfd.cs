using Director.Bfd;

namespace Director.VrrpProcess;

/// <content>BFD sessions, and how they stand.</content>
internal static partial class ControlCodec
{
    /// <summary>A BFD session.</summary>
    public static ReadOnlySpan<byte> WriteBfdSession(Span<byte> buffer, BfdSettings settings)
    {
        var writer = new ControlWriter(buffer, ControlKind.BfdSession);
        writer.Write(settings.Name);
        writer.Write(settings.Neighbor);
        writer.Write(settings.Source ?? default);
        writer.Write(settings.MinRx);
        writer.Write(settings.MinTx);
        writer.Write(settings.IdleTx);
        writer.Write(settings.DetectMultiplier);
        writer.Write(settings.IsPassive);
        writer.Write(settings.HopLimit);
        writer.Write(settings.LowestHopLimit);
        writer.Write(settings.IsMultihop);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.BfdSession"/>.</summary>
    public static bool TryReadBfdSession(ref ControlReader reader, out BfdSettings settings)
    {
        settings = new()
        {
            Name = reader.String(),
            Neighbor = reader.Address(),
            Source = Given(reader.Address()),
            MinRx = reader.Duration(),
            MinTx = reader.Duration(),
            IdleTx = reader.Duration(),
            DetectMultiplier = reader.Byte(),
            IsPassive = reader.Bool(),
            HopLimit = reader.Byte(),
            LowestHopLimit = reader.Byte(),
            IsMultihop = reader.Bool(),
        };
        return reader.IsWhole;
    }

    /// <summary>How a BFD session stands.</summary>
    public static ReadOnlySpan<byte> WriteBfdStanding(Span<byte> buffer, BfdSession session)
    {
        var writer = new ControlWriter(buffer, ControlKind.BfdStanding);
        var counters = session.Counters;
        writer.Write(session.Settings.Name);
        writer.Write((byte)session.State);
        writer.Write((byte)session.Diagnostic);
        writer.Write((byte)session.RemoteState);
        writer.Write((byte)session.RemoteDiagnostic);
        writer.Write(session.TransmitInterval);
        writer.Write(session.DetectionTime);
        writer.Write(counters.WentUp);
        writer.Write(counters.WentDown);
        writer.Write(counters.PacketsReceived);
        writer.Write(counters.PacketsSent);
        writer.Write(counters.SendFailures);
        writer.Write(counters.MaxLateness);
        writer.Write((byte)BfdCounters.RejectionCount);
        for (var reason = 0; reason < BfdCounters.RejectionCount; reason++) writer.Write(counters.Rejected((BfdRejection)reason));
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.BfdStanding"/>.</summary>
    public static bool TryReadBfdStanding(ref ControlReader reader, out BfdSessionReport report)
    {
        var session = reader.String();
        var (state, diagnostic) = ((BfdState)reader.Byte(), (BfdDiagnostic)reader.Byte());
        var (remoteState, remoteDiagnostic) = ((BfdState)reader.Byte(), (BfdDiagnostic)reader.Byte());
        var (interval, detectionTime) = (reader.Duration(), reader.Duration());
        var counters = new BfdCounters
        {
            WentUp = reader.Long(),
            WentDown = reader.Long(),
            PacketsReceived = reader.Long(),
            PacketsSent = reader.Long(),
            SendFailures = reader.Long(),
            MaxLateness = reader.Duration(),
        };
        report = new(session, state, diagnostic, remoteState, remoteDiagnostic, interval, detectionTime, counters);
        if (reader.Byte() != BfdCounters.RejectionCount) return false;
        for (var reason = 0; reason < BfdCounters.RejectionCount; reason++) counters.SetRejected((BfdRejection)reason, reader.Long());
        return reader.IsWhole && state <= BfdState.Up && remoteState <= BfdState.Up;
    }
}
