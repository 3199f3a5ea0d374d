using System.Runtime.InteropServices;

namespace Director.Linux.Processes;

/// <summary>A text in UTF-8 with a NUL behind it, where the garbage collector does not move it.</summary>
internal sealed class CString(string text) : IDisposable
{
    /// <summary>Its first byte; 0 once disposed.</summary>
    public nint Pointer { get; private set; } = Marshal.StringToCoTaskMemUTF8(text);

    /// <inheritdoc/>
    public void Dispose()
    {
        Marshal.FreeCoTaskMem(Pointer);
        Pointer = 0;
    }
}
