namespace Director.Hosting;

/// <summary>The director may not start; why has been said.</summary>
internal sealed class StartRefusedException : Exception;
