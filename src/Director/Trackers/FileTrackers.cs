using System.Globalization;
using Director.Config;
using Director.Linux;
using Director.Tracking;
using Director.Vrrp;
using Microsoft.Extensions.Logging;

namespace Director.Trackers;

/// <summary>
/// The numbers in files, read whenever something happens to them, on a thread of its own while there are any. A file that is not there, or
/// holds no number, is 0. Safe from any thread.
/// </summary>
internal sealed class FileTrackers(Action<TrackerKey, TrackerStatus> report, ILogger log) : IDisposable
{
    /// <summary>How often all are read whatever is heard: a link may lead to where nobody watches, a directory may come later.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _values = [];
    private readonly WakeSignal _wake = new();
    private List<TrackFileConfig> _files = [];
    private Thread? _thread;
    private volatile bool _isEnding;

    /// <summary>Reads these from now on, each once before this returns.</summary>
    public void Replace(IReadOnlyList<TrackFileConfig> files)
    {
        lock (_gate)
        {
            foreach (var file in files.Where(file => _files.TrueForAll(other => other.Name != file.Name))) Initialise(file);
            _files = [.. files];
            foreach (var gone in _values.Keys.Where(name => _files.TrueForAll(file => file.Name != name)).ToList()) _values.Remove(gone);
            Read(_ => true);
            if (_thread is null && _files.Count > 0) (_thread = new(Watch) { IsBackground = true, Name = "tracked files" }).Start();
        }

        _wake.Signal();
    }

    /// <summary>All of them as they are now.</summary>
    public IReadOnlyList<TrackerSnapshot> Snapshot()
    {
        lock (_gate)
        {
            return
            [
                .. _files.Select(file => new TrackerSnapshot(new(TrackerKind.File, file.Name), TrackerStatus.Of(_values[file.Name]),
                    string.Create(CultureInfo.InvariantCulture, $"{file.Path} is {_values[file.Name]}"), null, false)),
            ];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isEnding = true;
        _wake.Signal();
        _thread?.Join();
        _wake.Dispose();
    }

    private void Initialise(TrackFileConfig file)
    {
        if (file.InitialValue is not { } value || (File.Exists(file.Path) && !file.Overwrites)) return;
        try
        {
            File.WriteAllText(file.Path, string.Create(CultureInfo.InvariantCulture, $"{value}\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("track file '{Name}': {Why}", file.Name, exception.Message);
        }
    }

    /// <summary>Reads those that are concerned. Under the lock, so that what is told last is what was read last.</summary>
    private void Read(Func<TrackFileConfig, bool> isConcerned)
    {
        foreach (var file in _files.Where(isConcerned))
        {
            var value = ValueOf(file.Path);
            if (_values.TryGetValue(file.Name, out var before) && before == value) continue;
            if (_values.ContainsKey(file.Name)) log.LogInformation("track file '{Name}': {Before} -> {Value}", file.Name, before, value);
            _values[file.Name] = value;
            report(new(TrackerKind.File, file.Name), TrackerStatus.Of(value));
        }
    }

    private static int ValueOf(string path)
    {
        Span<byte> text = stackalloc byte[FileValue.MaxBytes];
        return FileValue.Parse(text[..SmallFile.Read(path, text)]);
    }

    private void Watch()
    {
        DirectoryWatch? watch = null;
        try
        {
            watch = new();
        }
        catch (LinuxException refusal)
        {
            log.LogWarning("tracked files are read every {Period} s only: {Why}", Round.TotalSeconds, refusal.Message);
        }

        var numbers = new Dictionary<int, string>();
        var changes = new List<(int Number, string File)>();
        while (!_isEnding)
        {
            string[] folders;
            lock (_gate) folders = [.. _files.Select(file => Path.GetDirectoryName(file.Path) ?? "/").Distinct()];
            foreach (var folder in folders)
                if (watch is not null && watch.TryAdd(folder, out var number)) numbers[number] = folder;

            // What was watched only now may have changed before.
            lock (_gate) Read(_ => true);
            do
            {
                Waiting.ForReading(_wake.Handle, watch?.Handle ?? -1, Round);
                changes.Clear();
                while (watch?.TryRead(changes) == true)
                {
                }

                if (changes.Exists(change => change.Number < 0 || change.File.Length == 0)) break;
                var paths = changes.Select(change => Path.Combine(numbers.GetValueOrDefault(change.Number, ""), change.File)).ToHashSet();
                lock (_gate) Read(file => paths.Contains(file.Path));
            }
            while (changes.Count > 0 && !_isEnding);
            _wake.Reset();
        }

        watch?.Dispose();
    }
}
