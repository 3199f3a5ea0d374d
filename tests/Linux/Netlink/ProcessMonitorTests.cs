using System.Buffers.Binary;
using System.Diagnostics;
using Director.Linux;
using Director.Linux.Netlink;
using Director.Linux.Processes;

namespace Director.Tests.Linux.Netlink;

/// <summary>What the kernel tells of processes: its bytes, and the real thing where this is the first network namespace.</summary>
public sealed class ProcessMonitorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<uint, int[], ProcessEventKind, int, int> Events => new()
    {
        { 0x1, [7, 7, 9, 9], ProcessEventKind.Forked, 9, 7 },
        { 0x2, [9, 9], ProcessEventKind.Executed, 9, 0 },
        { 0x200, [9, 9], ProcessEventKind.Renamed, 9, 0 },
        { 0x80000000, [9, 9, 0, 17], ProcessEventKind.Ended, 9, 0 },
        { 0, [0], ProcessEventKind.Confirmed, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void Its_messages_are_read(uint what, int[] data, ProcessEventKind kind, int process, int parent)
    {
        var message = Message(what, data);

        Assert.True(ProcessMonitor.TryParse(message, out var happened));
        Assert.Equal(new ProcessEvent(kind, process, parent), happened);
        var needed = kind switch { ProcessEventKind.Forked => 68, ProcessEventKind.Confirmed => 56, _ => 60 };
        for (var length = 0; length < needed; length++)
            Assert.False(ProcessMonitor.TryParse(message.AsSpan(0, length), out _), $"{length} bytes");
    }

    [Theory]
    [InlineData(0x1u, new[] { 7, 7, 10, 9 })] // a thread
    [InlineData(0x2u, new[] { 10, 9 })]
    [InlineData(0x80000000u, new[] { 10, 9, 0, 17 })]
    [InlineData(0x4u, new[] { 9, 9, 0, 0 })] // another user
    [InlineData(0x40000000u, new[] { 9, 9 })] // a core dump
    [InlineData(0u, new[] { 1 })] // refused
    public void What_does_not_matter_is_passed_over(uint what, int[] data) =>
        Assert.False(ProcessMonitor.TryParse(Message(what, data), out _));

    [ProcessEventFact]
    public async Task A_process_that_comes_and_goes_is_told_of()
    {
        using var monitor = new ProcessMonitor();
        Assert.True(TryWait(monitor, happened => happened.Kind == ProcessEventKind.Confirmed));
        using var spawner = new ChildSpawner();
        var child = await spawner.StartAsync(new("/bin/sleep", ["0.05"]));
        Assert.True(TryWait(monitor, happened => happened == new ProcessEvent(ProcessEventKind.Executed, child.Id)));
        Assert.True(TryWait(monitor, happened => happened == new ProcessEvent(ProcessEventKind.Ended, child.Id)));
    }

    private static bool TryWait(ProcessMonitor monitor, Func<ProcessEvent, bool> isIt)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience;)
        {
            Waiting.ForReading(monitor.Handle, -1, TimeSpan.FromMilliseconds(50));
            while (monitor.TryRead(out var happened))
                if (isIt(happened)) return true;
        }

        return false;
    }

    private static byte[] Message(uint what, int[] data)
    {
        const int EventAt = 36, DataAt = 52;
        var message = new byte[DataAt + (data.Length * sizeof(int))];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(16), 1);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(32), (ushort)(message.Length - EventAt));
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(EventAt), what);
        for (var i = 0; i < data.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(DataAt + (i * sizeof(int))), data[i]);
        return message;
    }
}
