using Director.Lab.Namespaces;
using Director.Linux;
using Director.Linux.Abi;
using Director.Linux.Netlink;
using Director.Tests.Support;

namespace Director.Tests.Whole;

/// <summary>Takes programs off devices as <c>bpftool link detach</c> does (BPF_LINK_DETACH).</summary>
internal static class LinkBreaker
{
    private const BpfAbi.Command LinkDetach = (BpfAbi.Command)34;

    /// <summary>Detaches the links of the XDP program and of the programs at the entry into the stack of a device.</summary>
    public static void Detach(NetworkNamespace machine, string device)
    {
        var programs = NamespaceThread.Run(machine, () => ProgramsOn(device));
        var next = default(BpfAbi.GetId);
        while (BpfAbi.Call(BpfAbi.Command.LinkGetNextId, ref next) == 0)
        {
            next.Id = next.NextId;
            var byId = new BpfAbi.GetId { Id = next.Id };
            var descriptor = BpfAbi.Call(BpfAbi.Command.LinkGetDescriptorById, ref byId);
            if (descriptor < 0) continue;
            using var link = new FileDescriptor(descriptor);
            if (!BpfAbi.TryGetInfo(descriptor, out BpfAbi.LinkInfo info) || !programs.Contains(info.Program)) continue;
            var detach = new BpfAbi.GetId { Id = (uint)descriptor };
            Assert.Equal(0, BpfAbi.Call(LinkDetach, ref detach));
        }
    }

    // A program's number is one on the whole machine, unlike a device's.
    private static unsafe List<uint> ProgramsOn(string device)
    {
        using var routes = new RouteSocket();
        var link = routes.DumpLinks().Single(link => link.Name == device);
        var found = new List<uint>();
        if (link.Xdp is { } xdp) found.Add(xdp.ProgramId);
        var ids = stackalloc uint[8];
        var query = new BpfAbi.ProgramQuery
        {
            Device = (uint)link.Index,
            AttachType = BpfAbi.BPF_TCX_INGRESS,
            Programs = (ulong)ids,
            ProgramCount = 8,
        };
        Assert.Equal(0, BpfAbi.Call(BpfAbi.Command.ProgramQuery, ref query));
        for (var i = 0; i < query.ProgramCount; i++) found.Add(ids[i]);
        Assert.NotEmpty(found);
        return found;
    }
}
