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
        writer.Write(settings.ReceiveBufferSize);
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
        ReceiveBufferSize = reader.Int(),
        LogsUnknownRouters = reader.Bool(),
    };

    private static UnicastPeer[] ReadPeers(ref ControlReader reader)
    {
        var peers = new UnicastPeer[reader.Count(VrrpLimits.Peers)];
        for (var i = 0; i < peers.Length; i++) peers[i] = new(reader.Address(), reader.Byte(), reader.Byte());
        return peers;
    }
}
