using Director.Control;
using Director.Tests.Vrrp.Support;
using Director.Vrrp;
using Director.VrrpProcess;

namespace Director.Tests.Control;

public sealed class VrrpReasonsTests
{
    [Theory]
    [InlineData(FaultReasons.InterfaceDown, "interface e0, or one of its addresses', is missing, down or without carrier")]
    [InlineData(FaultReasons.NoSourceAddress | FaultReasons.MainStalled,
        "no address on e0 to advertise from; the main process makes no progress")]
    public void A_fault_has_the_same_words_in_status_and_log(FaultReasons faults, string words)
    {
        var effect = new VrrpEffect(
            VrrpEffectKind.ReportState, State: VrrpState.Fault, Reason: TransitionReason.Fault, Faults: faults);
        Assert.Equal("(VI_1) Entering FAULT STATE: " + words, VrrpLines.Of(Some.Instance(), effect));
        Assert.Equal(words, VrrpReasons.Text(new("VI_1", VrrpState.Fault, TransitionReason.Fault, faults, 100), "e0"));
    }
}
