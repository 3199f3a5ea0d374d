using System.Globalization;
using Director.Datapath.Ports;
using Director.Linux.Xdp;

namespace Director.Hosting;

/// <summary>A worker's AF_XDP port.</summary>
internal sealed class XdpWorkerPort(XskPort port) : IWorkerPort
{
    /// <inheritdoc/>
    public IFramePort Frames => port;

    /// <inheritdoc/>
    public IEnumerable<string> Sockets => port.Statistics.Sockets.Select(Text);

    /// <inheritdoc/>
    public void Count(Dictionary<string, long> counters)
    {
        var statistics = port.Statistics;
        var sockets = statistics.Sockets;
        counters["port.toHostRefused"] = statistics.ToHostRefused;
        counters["port.unsendable"] = statistics.Unsendable;
        counters["socket.transmitted"] = sockets.Sum(socket => socket.Transmitted);
        counters["socket.transmitFull"] = sockets.Sum(socket => socket.TransmitFull);
        counters["socket.kicks"] = sockets.Sum(socket => socket.Kicks);
        counters["socket.kicksUnfinished"] = sockets.Sum(socket => socket.KicksUnfinished);
        counters["socket.kicksRefused"] = sockets.Sum(socket => socket.KicksRefused);
        counters["socket.refusedAddresses"] = sockets.Sum(socket => socket.RefusedAddresses);
        counters["socket.refusedSlots"] = sockets.Sum(socket => socket.RefusedSlots);
        counters["kernel.rxDropped"] = sockets.Sum(socket => (long)socket.RxDropped);
        counters["kernel.rxFillRingEmpty"] = sockets.Sum(socket => (long)socket.RxFillRingEmpty);
        counters["kernel.rxInvalidDescriptors"] = sockets.Sum(socket => (long)socket.RxInvalidDescriptors);
        counters["kernel.rxRingFull"] = sockets.Sum(socket => (long)socket.RxRingFull);
        counters["kernel.txInvalidDescriptors"] = sockets.Sum(socket => (long)socket.TxInvalidDescriptors);
    }

    /// <inheritdoc/>
    public void Dispose() => port.Dispose();

    private static string Text(XskSocketStatistics socket)
    {
        var refusal = socket.LastKickRefusal is { } text ? $", last refusal to send: {text}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{socket.Device} queue {socket.Queue}: {(socket.ZeroCopy ? "zero-copy" : "copy")}{refusal}");
    }
}
