using Director.Vrrp;

namespace Director.VrrpProcess;

/// <content>What decides elections: an instance's options, sync groups, what is tracked, and the states that come of it.</content>
internal static partial class ControlCodec
{
    /// <summary>A sync group.</summary>
    public static ReadOnlySpan<byte> WriteSyncGroup(Span<byte> buffer, SyncGroupSettings group)
    {
        var writer = new ControlWriter(buffer, ControlKind.SyncGroup);
        writer.Write(group.Name);
        writer.Write(group.Members.Count);
        foreach (var member in group.Members) writer.Write(member);
        Write(ref writer, group.Tracked);
        writer.Write(group.AllowsMemberWeights);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.SyncGroup"/>.</summary>
    public static bool TryReadSyncGroup(ref ControlReader reader, out SyncGroupSettings group)
    {
        var name = reader.String();
        var members = new string[reader.Count(VrrpLimits.Instances)];
        for (var i = 0; i < members.Length; i++) members[i] = reader.String();
        group = new()
        {
            Name = name,
            Members = members,
            Tracked = ReadTracked(ref reader),
            AllowsMemberWeights = reader.Bool(),
        };
        return reader.IsWhole;
    }

    /// <summary>How something tracked is.</summary>
    public static ReadOnlySpan<byte> WriteTracker(Span<byte> buffer, TrackerKey key, TrackerStatus status)
    {
        var writer = new ControlWriter(buffer, ControlKind.Tracker);
        Write(ref writer, key);
        writer.Write((byte)status.Condition);
        writer.Write(status.Value);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Tracker"/>.</summary>
    public static bool TryReadTracker(ref ControlReader reader, out TrackerKey key, out TrackerStatus status)
    {
        key = ReadKey(ref reader);
        status = new((TrackerCondition)reader.Byte(), reader.Int());
        return reader.IsWhole && key.Kind <= TrackerKind.Bfd && status.Condition <= TrackerCondition.Down;
    }

    /// <summary>An instance's state.</summary>
    public static ReadOnlySpan<byte> WriteState(Span<byte> buffer, VrrpStateReport report)
    {
        var writer = new ControlWriter(buffer, ControlKind.State);
        writer.Write(report.Instance);
        writer.Write((byte)report.State);
        writer.Write((byte)report.Reason);
        writer.Write((int)report.Faults);
        writer.Write(report.EffectivePriority);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.State"/>.</summary>
    public static bool TryReadState(ref ControlReader reader, out VrrpStateReport report)
    {
        report = new(
            reader.String(), (VrrpState)reader.Byte(), (TransitionReason)reader.Byte(), (FaultReasons)reader.Int(), reader.Byte());
        return reader.IsWhole && report.State <= VrrpState.Fault && report.Reason <= TransitionReason.Paused;
    }

    /// <summary>A sync group's state.</summary>
    public static ReadOnlySpan<byte> WriteGroupState(Span<byte> buffer, VrrpGroupReport report)
    {
        var writer = new ControlWriter(buffer, ControlKind.GroupState);
        writer.Write(report.Group);
        writer.Write((byte)report.State);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.GroupState"/>.</summary>
    public static bool TryReadGroupState(ref ControlReader reader, out VrrpGroupReport report)
    {
        report = new(reader.String(), (VrrpState)reader.Byte());
        return reader.IsWhole && report.State <= VrrpState.Fault;
    }

    /// <summary>Something that an instance heard.</summary>
    public static ReadOnlySpan<byte> WriteNotice(Span<byte> buffer, VrrpNoticeReport report)
    {
        var writer = new ControlWriter(buffer, ControlKind.Notice);
        writer.Write(report.Instance);
        writer.Write((byte)report.Notice);
        writer.Write(report.EffectivePriority);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Notice"/>.</summary>
    public static bool TryReadNotice(ref ControlReader reader, out VrrpNoticeReport report)
    {
        report = new(reader.String(), (VrrpNotice)reader.Byte(), reader.Byte());
        return reader.IsWhole && report.Notice <= VrrpNotice.SecondOwner;
    }

    private static void WriteElection(ref ControlWriter writer, VrrpInstanceSettings settings)
    {
        writer.Write((byte)settings.DownTimerAdverts);
        writer.Write(settings.LeavesLowerUnanswered);
        writer.Write(settings.AnswersHigher);
        writer.Write(settings.OwnerIgnoresAdverts);
        writer.Write(settings.PausedYieldsTo);
        writer.Write(settings.StartupDelay);
        writer.Write(settings.DelayAfterBoot);
        writer.Write(settings.IgnoresOwnInterface);
        Write(ref writer, settings.Tracked);
    }

    private static VrrpInstanceSettings ReadElection(ref ControlReader reader, VrrpInstanceSettings settings) => settings with
    {
        DownTimerAdverts = reader.Byte(),
        LeavesLowerUnanswered = reader.Bool(),
        AnswersHigher = reader.Bool(),
        OwnerIgnoresAdverts = reader.Bool(),
        PausedYieldsTo = reader.Byte(),
        StartupDelay = reader.Duration(),
        DelayAfterBoot = reader.Duration(),
        IgnoresOwnInterface = reader.Bool(),
        Tracked = ReadTracked(ref reader),
    };

    private static void Write(ref ControlWriter writer, TrackerKey key)
    {
        writer.Write((byte)key.Kind);
        writer.Write(key.Name);
    }

    private static TrackerKey ReadKey(ref ControlReader reader) => new((TrackerKind)reader.Byte(), reader.String());

    private static void Write(ref ControlWriter writer, IReadOnlyList<TrackSettings> tracked)
    {
        writer.Write(tracked.Count);
        foreach (var track in tracked)
        {
            Write(ref writer, track.Key);
            writer.Write(track.Weight);
            writer.Write(track.IsReversed);
        }
    }

    private static TrackSettings[] ReadTracked(ref ControlReader reader)
    {
        var tracked = new TrackSettings[reader.Count(VrrpLimits.Tracked)];
        for (var i = 0; i < tracked.Length; i++) tracked[i] = new(ReadKey(ref reader), reader.Int(), reader.Bool());
        return tracked;
    }
}
