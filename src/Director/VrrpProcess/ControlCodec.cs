using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Wire;

namespace Director.VrrpProcess;

/// <summary>
/// The messages between the processes, both ways. Writing gives the message in the buffer; reading says false to anything else.
/// </summary>
internal static partial class ControlCodec
{
    /// <summary>A message without fields.</summary>
    public static ReadOnlySpan<byte> WriteBare(Span<byte> buffer, ControlKind kind) => new ControlWriter(buffer, kind).Message;

    /// <summary>When packets were served last, on the clock that all processes share, and what is no stall yet.</summary>
    public static ReadOnlySpan<byte> WriteHeartbeat(Span<byte> buffer, MonoTime served, TimeSpan shortestStall)
    {
        var writer = new ControlWriter(buffer, ControlKind.Heartbeat);
        writer.Write(served.Nanoseconds);
        writer.Write(shortestStall.Ticks);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Heartbeat"/>.</summary>
    public static bool TryReadHeartbeat(ref ControlReader reader, out MonoTime served, out TimeSpan shortestStall)
    {
        served = new(reader.Long());
        shortestStall = new(Math.Clamp(reader.Long(), ControlLimits.LeastStall.Ticks, ControlLimits.LongestStall.Ticks));
        return reader.IsWhole;
    }

    /// <summary>What the descriptors sent along are.</summary>
    public static ReadOnlySpan<byte> WriteSteering(Span<byte> buffer, bool hasVipMap, bool hasEpoch)
    {
        var writer = new ControlWriter(buffer, ControlKind.Steering);
        writer.Write(hasVipMap);
        writer.Write(hasEpoch);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Steering"/>.</summary>
    public static bool TryReadSteering(ref ControlReader reader, out bool hasVipMap, out bool hasEpoch)
    {
        hasVipMap = reader.Bool();
        hasEpoch = reader.Bool();
        return reader.IsWhole;
    }

    /// <summary>An instance.</summary>
    public static ReadOnlySpan<byte> WriteInstance(Span<byte> buffer, VrrpInstanceSettings settings)
    {
        var writer = new ControlWriter(buffer, ControlKind.Instance);
        writer.Write(settings.Name);
        writer.Write(settings.Interface);
        writer.Write(settings.VirtualRouterId);
        writer.Write(settings.Priority);
        writer.Write((byte)settings.WantedState);
        writer.Write(settings.AdvertInterval);
        writer.Write(settings.Password is not null);
        if (settings.Password is { } password) password.WriteTo(writer.Take(VrrpPassword.Size));
        writer.Write(settings.NoPreempt);
        writer.Write(settings.PreemptDelay);
        writer.Write(settings.SourceAddress ?? default);
        writer.Write(settings.Garp.Repeat);
        writer.Write(settings.Garp.Delay);
        writer.Write(settings.Garp.Refresh);
        writer.Write(settings.Garp.RefreshRepeat);
        writer.Write(settings.Garp.LowerPriorityRepeat);
        writer.Write(settings.Garp.LowerPriorityDelay);
        Write(ref writer, settings.Addresses);
        Write(ref writer, settings.ExcludedAddresses);
        WriteWire(ref writer, settings);
        WriteElection(ref writer, settings);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Instance"/>.</summary>
    public static bool TryReadInstance(ref ControlReader reader, out VrrpInstanceSettings settings)
    {
        settings = new VrrpInstanceSettings
        {
            Name = reader.String(),
            Interface = reader.String(),
            VirtualRouterId = reader.Byte(),
            Priority = reader.Byte(),
            WantedState = (VrrpState)reader.Byte(),
            AdvertInterval = reader.Duration(),
            Password = reader.Bool() ? VrrpPassword.Read(reader.Take(VrrpPassword.Size)) : null,
            NoPreempt = reader.Bool(),
            PreemptDelay = reader.Duration(),
            SourceAddress = Given(reader.Address()),
            Garp = new()
            {
                Repeat = reader.Int(),
                Delay = reader.Duration(),
                Refresh = reader.Duration(),
                RefreshRepeat = reader.Int(),
                LowerPriorityRepeat = reader.Int(),
                LowerPriorityDelay = reader.Duration(),
            },
            Addresses = ReadAddresses(ref reader, VrrpLimits.Addresses),
            ExcludedAddresses = ReadAddresses(ref reader, VrrpLimits.ExcludedAddresses),
        };
        settings = ReadWire(ref reader, settings);
        settings = ReadElection(ref reader, settings);
        return reader.IsWhole;
    }

    /// <summary>Addresses without an instance, at most <see cref="ControlLimits.StaticAddressesPerMessage"/>.</summary>
    public static ReadOnlySpan<byte> WriteStaticAddresses(Span<byte> buffer, ReadOnlySpan<IpAddress128> addresses)
    {
        var writer = new ControlWriter(buffer, ControlKind.StaticAddresses);
        writer.Write(addresses.Length);
        foreach (var address in addresses) writer.Write(address);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.StaticAddresses"/>.</summary>
    public static bool TryReadStaticAddresses(ref ControlReader reader, List<IpAddress128> addresses)
    {
        var count = reader.Count(ControlLimits.StaticAddressesPerMessage);
        for (var i = 0; i < count; i++) addresses.Add(reader.Address());
        return reader.IsWhole;
    }

    /// <summary>A line for the log.</summary>
    public static ReadOnlySpan<byte> WriteLine(Span<byte> buffer, bool isWarning, string text)
    {
        var writer = new ControlWriter(buffer, ControlKind.Line);
        writer.Write(isWarning);
        writer.Write(text);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Line"/>.</summary>
    public static bool TryReadLine(ref ControlReader reader, out VrrpLineReport report)
    {
        report = new(reader.Bool(), reader.String());
        return reader.IsWhole;
    }

    /// <summary>An instance's counters; those of datagrams that were for no instance have an empty name.</summary>
    public static ReadOnlySpan<byte> WriteCounters(Span<byte> buffer, string instance, VrrpCounters counters, RivalMaster? rival)
    {
        var writer = new ControlWriter(buffer, ControlKind.Counters);
        writer.Write(instance);
        writer.Write(counters.BecomeMaster);
        writer.Write(counters.ReleaseMaster);
        writer.Write(counters.AdvertisementsReceived);
        writer.Write(counters.AdvertisementsSent);
        writer.Write(counters.SendFailures);
        writer.Write(counters.PriorityZeroReceived);
        writer.Write(counters.PriorityZeroSent);
        writer.Write(counters.AnnouncementsSent);
        writer.Write(counters.AnswersSuppressed);
        writer.Write(counters.TicksSkipped);
        writer.Write(counters.MaxAdvertLateness);
        for (var bucket = 0; bucket < LatenessHistogram.Buckets; bucket++) writer.Write(counters.AdvertLateness[bucket]);
        writer.Write((byte)VrrpCounters.RejectionCount);
        for (var reason = 0; reason < VrrpCounters.RejectionCount; reason++)
            writer.Write(counters.Rejected((AdvertisementRejection)reason));
        WriteWire(ref writer, counters, rival);
        return writer.Message;
    }

    /// <summary>Reads <see cref="ControlKind.Counters"/>.</summary>
    public static bool TryReadCounters(ref ControlReader reader, out VrrpCountersReport report)
    {
        var instance = reader.String();
        var counters = new VrrpCounters
        {
            BecomeMaster = reader.Long(),
            ReleaseMaster = reader.Long(),
            AdvertisementsReceived = reader.Long(),
            AdvertisementsSent = reader.Long(),
            SendFailures = reader.Long(),
            PriorityZeroReceived = reader.Long(),
            PriorityZeroSent = reader.Long(),
            AnnouncementsSent = reader.Long(),
            AnswersSuppressed = reader.Long(),
            TicksSkipped = reader.Long(),
            MaxAdvertLateness = reader.Duration(),
        };
        report = new(instance, counters);
        for (var bucket = 0; bucket < LatenessHistogram.Buckets; bucket++) counters.AdvertLateness[bucket] = reader.Long();
        if (reader.Byte() != VrrpCounters.RejectionCount) return false;
        for (var reason = 0; reason < VrrpCounters.RejectionCount; reason++)
            counters.SetRejected((AdvertisementRejection)reason, reader.Long());
        report = report with { Rival = ReadWire(ref reader, counters) };
        return reader.IsWhole;
    }

    private static void Write(ref ControlWriter writer, IReadOnlyList<VirtualAddress> addresses)
    {
        writer.Write(addresses.Count);
        foreach (var address in addresses)
        {
            writer.Write(address.Address);
            writer.Write((byte)address.PrefixLength);
            writer.Write(address.Scope);
            writer.Write(address.Broadcast ?? default);
            writer.Write(address.Device ?? "");
            writer.Write(address.Label ?? "");
        }
    }

    private static VirtualAddress[] ReadAddresses(ref ControlReader reader, int limit)
    {
        var addresses = new VirtualAddress[reader.Count(limit)];
        for (var i = 0; i < addresses.Length; i++)
        {
            var (address, prefixLength, scope) = (reader.Address(), reader.Byte(), reader.Byte());
            var broadcast = Given(reader.Address());
            var (device, label) = (Given(reader.String()), Given(reader.String()));
            addresses[i] = new(address, prefixLength, device, label, broadcast, scope);
        }

        return addresses;
    }

    private static IpAddress128? Given(IpAddress128 address) => address == default ? null : address;

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
