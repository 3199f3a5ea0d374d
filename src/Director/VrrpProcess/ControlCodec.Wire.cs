using Director.Net;
using Director.Vrrp;
using Director.Vrrp.Wire;

namespace Director.VrrpProcess;

/// <content>How an instance speaks.</content>
internal static partial class ControlCodec
{
    private static void WriteWire(ref ControlWriter writer, VrrpInstanceSettings settings)
    {
        writer.Write((byte)settings.Version);
        writer.Write(settings.Peers.Count);
        foreach (var peer in settings.Peers)
        {
            writer.Write(peer.Address);
            writer.Write(peer.MinTimeToLive);
            writer.Write(peer.MaxTimeToLive);
        }

        writer.Write(settings.FaultsWithoutPeers);
        writer.Write(settings.ChecksUnicastSource);
        writer.Write(settings.UnicastTimeToLive);
        writer.Write(settings.MulticastGroup ?? default);
        writer.Write(settings.TracksSourceAddress);
        writer.Write((byte)settings.Checksum);
        writer.Write(settings.TrustsKnownMaster);
        writer.Write(settings.ReceiveBuffer.Bytes);
        writer.Write(settings.ReceiveBuffer.Mtus);
        writer.Write(settings.AllowsNoAddresses);
        writer.Write(settings.IsV6WithoutAddresses);
        writer.Write(settings.LogsUnknownRouters);
    }

    private static VrrpInstanceSettings ReadWire(ref ControlReader reader, VrrpInstanceSettings settings) => settings with
    {
        Version = (VrrpVersion)reader.Byte(),
        Peers = ReadPeers(ref reader),
        FaultsWithoutPeers = reader.Bool(),
        ChecksUnicastSource = reader.Bool(),
        UnicastTimeToLive = reader.Byte(),
        MulticastGroup = Given(reader.Address()),
        TracksSourceAddress = reader.Bool(),
        Checksum = (ChecksumForm)reader.Byte(),
        TrustsKnownMaster = reader.Bool(),
        ReceiveBuffer = new(reader.Int(), reader.Int()),
        AllowsNoAddresses = reader.Bool(),
        IsV6WithoutAddresses = reader.Bool(),
        LogsUnknownRouters = reader.Bool(),
    };

    private static void WriteWire(ref ControlWriter writer, VrrpCounters counters, RivalMaster? rival)
    {
        writer.Write(counters.IntervalsDiffering);
        writer.Write(counters.ChecksumFormsDiffering);
        writer.Write(counters.AddressListsDiffering);
        writer.Write(counters.RivalAdvertisements);
        writer.Write((byte)counters.NewMasterReason);
        writer.Write((byte)counters.LastProtocolError);
        writer.Write(rival is not null);
        if (rival is not { } other) return;
        writer.Write(other.Source);
        writer.Write(other.Mac is not null);
        other.Mac.GetValueOrDefault().WriteTo(writer.Take(MacAddress.Size));
        writer.Write((byte)other.Ignored);
        writer.Write(other.Adverts);
    }

    private static RivalMaster? ReadWire(ref ControlReader reader, VrrpCounters counters)
    {
        counters.IntervalsDiffering = reader.Long();
        counters.ChecksumFormsDiffering = reader.Long();
        counters.AddressListsDiffering = reader.Long();
        counters.RivalAdvertisements = reader.Long();
        counters.NewMasterReason = (MasterReason)reader.Byte();
        counters.LastProtocolError = (ProtocolError)reader.Byte();
        if (!reader.Bool()) return null;
        var source = reader.Address();
        var hasMac = reader.Bool();
        var mac = MacAddress.Read(reader.Take(MacAddress.Size));
        return new(source, hasMac ? mac : null, (AdvertisementRejection)reader.Byte(), reader.Long());
    }

    private static UnicastPeer[] ReadPeers(ref ControlReader reader)
    {
        var peers = new UnicastPeer[reader.Count(VrrpLimits.Peers)];
        for (var i = 0; i < peers.Length; i++) peers[i] = new(reader.Address(), reader.Byte(), reader.Byte());
        return peers;
    }
}
