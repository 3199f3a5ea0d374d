using Director.Net;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.Vrrp.Wire;
using Director.VrrpProcess;

namespace Director.Tests.VrrpProcess;

public class ControlCodecTests
{
    private const string Election =
        "04" + "01" + "00" + "01" + "fe" + "0000000000989680" + "0000000001312d00" + "01"
        + "00000001" + "01" + "0003636865" + "fffffff6" + "01";

    private const string Instance =
        "0202" + "000456495f31" + "00026530" + "c9" + "64" + "02" + "0000000000989680" + "01" + "3131313100000000" + "00"
        + "0000000000000000" + "00000000000000000000ffffc0a85080"
        + "00000005" + "0000000002faf080" + "0000000000000000" + "00000001" + "00000005" + "0000000002faf080"
        + "00000001" + "00000000000000000000ffffc0a85082" + "18" + "fd" + "00000000000000000000ffffc0a850ff" + "00026531" + "000465303a76"
        + "00000001" + "00000000000000000000ffffc0a85083" + "20" + "00" + "00000000000000000000000000000000" + "0000" + "0000"
        + Wire
        + Election;

    private const string Wire =
        "03" + "00000001" + "00000000000000000000ffffc0a85081" + "fe" + "ff" + "01" + "00" + "40" + "00000000000000000000ffffe0000013"
        + "01" + "01" + "01" + "00010000" + "00000003" + "01" + "00" + "01";

    private static readonly VrrpInstanceSettings Example = new()
    {
        Name = "VI_1",
        Interface = "e0",
        VirtualRouterId = 201,
        Priority = 100,
        WantedState = VrrpState.Master,
        AdvertInterval = TimeSpan.FromSeconds(1),
        Garp = Some.Garp,
        Password = VrrpPassword.FromText("1111"),
        DownTimerAdverts = 4,
        LeavesLowerUnanswered = true,
        OwnerIgnoresAdverts = true,
        PausedYieldsTo = 254,
        StartupDelay = TimeSpan.FromSeconds(1),
        DelayAfterBoot = TimeSpan.FromSeconds(2),
        IgnoresOwnInterface = true,
        Tracked = [new(new(TrackerKind.Script, "che"), -10, true)],
        SourceAddress = IpAddress128.Parse("192.168.80.128"),
        Addresses = [new(IpAddress128.Parse("192.168.80.130"), 24, "e1", "e0:v", IpAddress128.Parse("192.168.80.255"), 253)],
        ExcludedAddresses = [new(IpAddress128.Parse("192.168.80.131"))],
        Version = VrrpVersion.V3,
        Peers = [new(IpAddress128.Parse("192.168.80.129"), 254, 255)],
        FaultsWithoutPeers = true,
        ChecksUnicastSource = false,
        UnicastTimeToLive = 64,
        MulticastGroup = IpAddress128.Parse("224.0.0.19"),
        TracksSourceAddress = true,
        Checksum = ChecksumForm.MessageOnly,
        TrustsKnownMaster = true,
        ReceiveBuffer = new(0x10000, 3),
        AllowsNoAddresses = true,
        LogsUnknownRouters = true,
    };

    private static readonly TrackerKey LongestKey = new(TrackerKind.File, new('ä', VrrpLimits.TrackerName));

    private readonly byte[] _buffer = new byte[ControlLimits.MessageSize];

    [Fact]
    public void An_instance_has_these_bytes() =>
        Assert.Equal(Instance, Convert.ToHexStringLower(ControlCodec.WriteInstance(_buffer, Example)));

    [Fact]
    public void An_instance_is_read_back_as_it_was()
    {
        var reader = Read(Convert.FromHexString(Instance), ControlKind.Instance);
        Assert.True(ControlCodec.TryReadInstance(ref reader, out var read));
        Assert.Equal(Example.Addresses, read.Addresses);
        Assert.Equal(Example.ExcludedAddresses, read.ExcludedAddresses);
        Assert.Equal(Example.Peers, read.Peers);
        Assert.Equal(Example.Tracked, read.Tracked);
        Assert.Equal(WithoutLists(Example), WithoutLists(read));
    }

    [Fact]
    public void Every_truncation_and_every_surplus_is_refused()
    {
        var whole = Convert.FromHexString(Instance);
        for (var length = 2; length < whole.Length; length++)
        {
            var cut = Read(whole.AsSpan(0, length), ControlKind.Instance);
            Assert.False(ControlCodec.TryReadInstance(ref cut, out _), $"{length} bytes");
        }

        var longer = Read([.. whole, 0], ControlKind.Instance);
        Assert.False(ControlCodec.TryReadInstance(ref longer, out _));
    }

    [Fact]
    public void The_largest_instance_fits_a_message()
    {
        var name = new string('x', ControlLimits.StringSize);
        VirtualAddress[] Many(int count) => [.. Enumerable.Range(1, count)
            .Select(i => new VirtualAddress(IpAddress128.FromV4((uint)i), 24, "device-of-15-ch", "a-label-of-15-c"))];
        var largest = Example with
        {
            Name = name,
            Addresses = Many(VrrpLimits.Addresses),
            ExcludedAddresses = Many(VrrpLimits.ExcludedAddresses),
            Tracked = [.. Enumerable.Repeat(new TrackSettings(LongestKey), VrrpLimits.Tracked)],
        };
        var reader = Read(ControlCodec.WriteInstance(_buffer, largest), ControlKind.Instance);
        Assert.True(ControlCodec.TryReadInstance(ref reader, out var read));
        Assert.Equal(largest.ExcludedAddresses, read.ExcludedAddresses);
        Assert.Equal(largest.Tracked, read.Tracked);
    }

    [Fact]
    public void The_largest_sync_group_fits_a_message_and_one_that_is_larger_has_a_problem()
    {
        const int length = VrrpLimits.MemberNames / VrrpLimits.Instances;
        var names = Enumerable.Range(0, VrrpLimits.Instances).Select(i => $"{i:d3}".PadLeft(length, 'ä'));
        var group = new SyncGroupSettings
        {
            Name = new('x', ControlLimits.StringSize),
            Members = [.. names],
            Tracked = [.. Enumerable.Repeat(new TrackSettings(LongestKey), VrrpLimits.Tracked)],
        };
        Assert.Null(group.Problem());
        Assert.NotNull((group with { Members = [.. group.Members.Skip(1), group.Members[0] + "ä"] }).Problem());
        var reader = Read(ControlCodec.WriteSyncGroup(_buffer, group), ControlKind.SyncGroup);
        Assert.True(ControlCodec.TryReadSyncGroup(ref reader, out var read));
        Assert.Equal(group.Members, read.Members);
        Assert.Equal(group.Tracked, read.Tracked);
    }

    [Fact]
    public void Groups_trackers_and_notices_have_these_bytes_and_are_read_back()
    {
        var group = new SyncGroupSettings { Name = "G", Members = ["a", "b"], AllowsMemberWeights = true };
        var message = ControlCodec.WriteSyncGroup(_buffer, group);
        Assert.Equal("0208" + "000147" + "00000002" + "000161" + "000162" + "00000000" + "01", Convert.ToHexStringLower(message));
        var reader = Read(message, ControlKind.SyncGroup);
        Assert.True(ControlCodec.TryReadSyncGroup(ref reader, out var read));
        Assert.Equivalent(group, read, strict: true);

        message = ControlCodec.WriteTracker(_buffer, new(TrackerKind.File, "f"), TrackerStatus.Of(-2));
        Assert.Equal("0209" + "02" + "000166" + "01" + "fffffffe", Convert.ToHexStringLower(message));
        reader = Read(message, ControlKind.Tracker);
        Assert.True(ControlCodec.TryReadTracker(ref reader, out var key, out var status));
        Assert.Equal((new TrackerKey(TrackerKind.File, "f"), new TrackerStatus(TrackerCondition.Up, -2)), (key, status));

        message = ControlCodec.WriteGroupState(_buffer, new("G", VrrpState.Master));
        Assert.Equal("0243" + "000147" + "02", Convert.ToHexStringLower(message));
        reader = Read(message, ControlKind.GroupState);
        Assert.True(ControlCodec.TryReadGroupState(ref reader, out var standing));
        Assert.Equal(new("G", VrrpState.Master), standing);

        message = ControlCodec.WriteNotice(_buffer, new("VI_1", VrrpNotice.ForcingElection, 90));
        Assert.Equal("0244" + "000456495f31" + "00" + "5a", Convert.ToHexStringLower(message));
        reader = Read(message, ControlKind.Notice);
        Assert.True(ControlCodec.TryReadNotice(ref reader, out var notice));
        Assert.Equal(new("VI_1", VrrpNotice.ForcingElection, 90), notice);
    }

    [Fact]
    public void A_state_has_these_bytes_and_is_read_back()
    {
        var message = ControlCodec.WriteState(_buffer, new("VI_1", VrrpState.Fault, TransitionReason.Fault, FaultReasons.MemberFault, 100));
        Assert.Equal("0240" + "000456495f31" + "03" + "06" + "00000080" + "64", Convert.ToHexStringLower(message));
        var reader = Read(message, ControlKind.State);
        Assert.True(ControlCodec.TryReadState(ref reader, out var report));
        Assert.Equal(new("VI_1", VrrpState.Fault, TransitionReason.Fault, FaultReasons.MemberFault, 100), report);
    }

    [Fact]
    public void A_line_has_these_bytes_and_is_read_back()
    {
        var message = ControlCodec.WriteLine(_buffer, true, "oops");
        Assert.Equal("0241" + "01" + "00046f6f7073", Convert.ToHexStringLower(message));
        var reader = Read(message, ControlKind.Line);
        Assert.True(ControlCodec.TryReadLine(ref reader, out var report));
        Assert.Equal(new(true, "oops"), report);
    }

    [Fact]
    public void A_line_that_is_too_long_is_cut()
    {
        var reader = Read(ControlCodec.WriteLine(_buffer, false, new string('ä', ControlLimits.StringSize)), ControlKind.Line);
        Assert.True(ControlCodec.TryReadLine(ref reader, out var report));
        Assert.Equal(new string('ä', ControlLimits.StringSize / 2), report.Text);
    }

    [Fact]
    public void Counters_are_read_back_each_in_its_place()
    {
        var counters = new VrrpCounters
        {
            BecomeMaster = 1,
            ReleaseMaster = 2,
            AdvertisementsReceived = 3,
            AdvertisementsSent = 4,
            SendFailures = 5,
            PriorityZeroReceived = 6,
            PriorityZeroSent = 7,
            AnnouncementsSent = 8,
            AnswersSuppressed = 9,
            TicksSkipped = 10,
            MaxAdvertLateness = TimeSpan.FromTicks(11),
            IntervalsDiffering = 12,
            ChecksumFormsDiffering = 13,
            AddressListsDiffering = 17,
            RivalAdvertisements = 14,
            NewMasterReason = MasterReason.Preempted,
        };
        for (var bucket = 0; bucket < LatenessHistogram.Buckets; bucket++) counters.AdvertLateness[bucket] = 50 + bucket;
        for (var reason = 0; reason < VrrpCounters.RejectionCount; reason++)
            counters.SetRejected((AdvertisementRejection)reason, 100 + reason);
        counters.LastProtocolError = ProtocolError.ChecksumError;
        Assert.True(MacAddress.TryParse("02:00:00:00:00:0b", out var mac));
        foreach (var rival in new RivalMaster?[]
        {
            null, new(IpAddress128.Parse("fe80::1"), mac, AdvertisementRejection.AddressList, 15),
            new(IpAddress128.Parse("10.9.0.2"), null, AdvertisementRejection.None, 16),
        })
        {
            var again = Read(ControlCodec.WriteCounters(_buffer, "VI_1", counters, rival), ControlKind.Counters);
            Assert.True(ControlCodec.TryReadCounters(ref again, out var told));
            Assert.Equal(rival, told.Rival);
        }

        var reader = Read(ControlCodec.WriteCounters(_buffer, "VI_1", counters, null), ControlKind.Counters);
        Assert.True(ControlCodec.TryReadCounters(ref reader, out var report));
        Assert.Equal("VI_1", report.Instance);
        Assert.Equivalent(counters, report.Counters, strict: true);
        for (var bucket = 0; bucket < LatenessHistogram.Buckets; bucket++)
            Assert.Equal(50 + bucket, report.Counters.AdvertLateness[bucket]);
        for (var reason = 0; reason < VrrpCounters.RejectionCount; reason++)
            Assert.Equal(100 + reason, report.Counters.Rejected((AdvertisementRejection)reason));
    }

    [Fact]
    public void Static_addresses_and_steering_have_these_bytes_and_are_read_back()
    {
        IpAddress128[] addresses = [IpAddress128.Parse("192.168.80.131"), IpAddress128.Parse("2001:db8::1")];
        var message = ControlCodec.WriteStaticAddresses(_buffer, addresses);
        Assert.Equal("0203" + "00000002" + "00000000000000000000ffffc0a85083" + "20010db8000000000000000000000001",
            Convert.ToHexStringLower(message));
        var reader = Read(message, ControlKind.StaticAddresses);
        var read = new List<IpAddress128>();
        Assert.True(ControlCodec.TryReadStaticAddresses(ref reader, read));
        Assert.Equal(addresses, read);

        message = ControlCodec.WriteSteering(_buffer, true, false);
        Assert.Equal("0201" + "01" + "00", Convert.ToHexStringLower(message));
        reader = Read(message, ControlKind.Steering);
        Assert.True(ControlCodec.TryReadSteering(ref reader, out var hasVipMap, out var hasEpoch) && hasVipMap && !hasEpoch);
    }

    [Fact]
    public void Messages_without_fields_are_two_bytes() =>
        Assert.Equal(["0204", "0206", "0207"],
            new[] { ControlKind.Commit, ControlKind.CountersRequest, ControlKind.Stop }
            .Select(kind => Convert.ToHexStringLower(ControlCodec.WriteBare(_buffer, kind))));

    [Fact]
    public void Another_version_of_the_wire_is_refused() => Assert.False(ControlReader.TryRead([1, 5], out _, out _));

    [Fact]
    public void Noise_is_refused_without_an_exception()
    {
        var random = new Random(11);
        var noise = new byte[600];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(noise);
            var message = noise.AsSpan(0, random.Next(noise.Length));
            var reader = message.Length < 2 ? default : Read([ControlWriter.Version, message[1], .. message[2..]], (ControlKind)message[1]);
            var again = reader;
            ControlCodec.TryReadInstance(ref again, out _);
            again = reader;
            ControlCodec.TryReadState(ref again, out _);
            again = reader;
            ControlCodec.TryReadLine(ref again, out _);
            again = reader;
            ControlCodec.TryReadCounters(ref again, out _);
            again = reader;
            ControlCodec.TryReadStaticAddresses(ref again, []);
            again = reader;
            ControlCodec.TryReadSyncGroup(ref again, out _);
            again = reader;
            ControlCodec.TryReadTracker(ref again, out _, out _);
            again = reader;
            ControlCodec.TryReadGroupState(ref again, out _);
            again = reader;
            ControlCodec.TryReadNotice(ref again, out _);
        }
    }

    private static VrrpInstanceSettings WithoutLists(VrrpInstanceSettings settings) =>
        settings with { Addresses = [], ExcludedAddresses = [], Peers = [], Tracked = [] };

    private static ControlReader Read(ReadOnlySpan<byte> message, ControlKind expected)
    {
        Assert.True(ControlReader.TryRead(message, out var kind, out var reader));
        Assert.Equal(expected, kind);
        return reader;
    }
}
