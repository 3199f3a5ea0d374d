using System.Globalization;
using Director.Datapath.Ports;
using Director.Linux.PacketMmap;

namespace Director.Hosting;

/// <summary>A worker's AF_PACKET port.</summary>
internal sealed class PacketWorkerPort(PacketPort port, int worker) : IWorkerPort
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
        counters["socket.transmitRefused"] = sockets.Sum(socket => socket.TransmitRefused);
        counters["socket.superFrames"] = sockets.Sum(socket => socket.SuperFrames);
        counters["socket.checksumsCompleted"] = sockets.Sum(socket => socket.ChecksumsCompleted);
        counters["socket.unreadable"] = sockets.Sum(socket => socket.Unreadable);
        counters["kernel.tapped"] = sockets.Sum(socket => socket.Tapped);
        counters["kernel.ringFull"] = sockets.Sum(socket => socket.RingFull);
    }

    /// <inheritdoc/>
    public void Dispose() => port.Dispose();

    private string Text(PacketSocketStatistics socket)
    {
        var refusal = socket.LastRefusal is { } text ? $", last refusal to send: {text}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{socket.Device} worker {worker}: packet ring{refusal}");
    }
}
