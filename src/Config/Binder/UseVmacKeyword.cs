using Director.Config.Syntax;
using Director.Net;

namespace Director.Config.Binder;

/// <summary><c>use_vmac [NAME] [MAC] [netlink_notify_msg] [group N]</c>, words in any order.</summary>
internal sealed class UseVmacKeyword() : Keyword<VrrpInstanceDraft>("use_vmac")
{
    public override bool TakesFreeText => true;

    public override bool Accepts(string text) => Take.Interface.TryParse(text, out _, out _);

    public override void Bind(Statement statement, VrrpInstanceDraft draft, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics);
        var vmac = draft.Vmac;
        vmac.Word = statement.Keyword;
        while (reader.Peek() is { } word)
        {
            if (word.Text is "netlink_notify_msg" or "group")
            {
                reader.Take();
                if (word.Text == "group") reader.Take();
                diagnostics.Warning(DiagnosticCode.NotSupported, word, $"'{word.Text}' is not supported yet: it is ignored");
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
