namespace Director.Config.Binder;

/// <summary>
/// The priorities of rules that are written without one: of each family downwards from 16384 in the order of the file, as keepalived gives
/// them.
/// </summary>
internal sealed class RulePriorities
{
    private const uint First = 16384;

    private uint _nextV4 = First;
    private uint _nextV6 = First;

    public uint Next(bool isV4) => isV4 ? _nextV4-- : _nextV6--;
}
