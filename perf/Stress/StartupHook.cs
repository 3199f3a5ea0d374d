using Director.Perf.Stress;

/// <summary>
/// What the runtime calls in a program that names this assembly in DOTNET_STARTUP_HOOKS (dotnet/runtime, docs/design/features/
/// host-startup-hook.md) before its own first line: the director's main process is put under pressure without knowing it.
/// </summary>
internal static class StartupHook
{
    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        // Of this process only: the VRRP process, which it starts, is as users have it.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        HeapPressure.Begin();
    }
}
