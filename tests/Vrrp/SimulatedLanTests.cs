using Director.Tests.Vrrp.Support;

namespace Director.Tests.Vrrp;

/// <summary>
/// Two or three routers on a LAN that loses and delays, while they crash, return, pause, and lose their links and addresses. Once it has
/// been quiet for longer than any of them waits, exactly one of the living is master and nobody else has its address.
/// </summary>
public class SimulatedLanTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 200));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void After_a_quiet_time_exactly_one_living_router_is_master(int seed) => SimulatedLan.Play(seed);
}
