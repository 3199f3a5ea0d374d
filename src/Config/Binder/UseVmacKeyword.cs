using Director.Config.Syntax;
using Director.Net;

namespace Director.Config.Binder;

/// <summary><c>use_vmac [NAME] [MAC] [netlink_notify_msg] [group N]</c>, words in any order.</summary>
internal sealed class UseVmacKeyword() : Keyword<VrrpInstanceDraft>("use_vmac")
{
    public override string Arguments => "[an interface name] [a MAC address]";

    public override bool TakesFreeText => true;

    public override bool Accepts(string text) => Take.Interface.TryParse(text, out _, out _);

    public override void Bind(Statement statement, VrrpInstanceDraft draft, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics);
        var vmac = draft.Vmac;
        vmac.Word = statement.Keyword;
        while (reader.Peek() is { } word)
        {
            if (word.Text == "netlink_notify_msg")
            {
                reader.Take();
                diagnostics.Hint(DiagnosticCode.Unused, word,
                    "'netlink_notify_msg' is not needed: the interface is made with its MAC address, of which the kernel tells everybody");
            }
            else if (word.Text == "group")
            {
                reader.Take();
                if (!reader.TryTake(RoutingArguments.Number, out var group)) return;
                vmac.Group = group;
            }
            else if (vmac.Mac is null && MacAddress.TryParse(word.Text, out var mac))
            {
                reader.Take();
                vmac.Mac = mac;
            }
            else if (vmac.Name is null && reader.TryTake(Take.Interface, out var name))
            {
                vmac.Name = name;
            }
            else
            {
                reader.ExpectEnd();
                return;
            }
        }
    }
}
