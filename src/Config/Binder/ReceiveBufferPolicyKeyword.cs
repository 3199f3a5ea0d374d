using Director.Config.Syntax;

namespace Director.Config.Binder;

/// <summary><c>vrrp_rx_bufs_policy MTU|ADVERT|BYTES</c>.</summary>
internal sealed class ReceiveBufferPolicyKeyword() : Keyword<GlobalDraft>("vrrp_rx_bufs_policy")
{
    private static readonly Argument<int> Bytes = Take.Integer(1);

    public override bool Accepts(string text) => text is "MTU" or "ADVERT" || Bytes.TryParse(text, out _, out _);

    public override void Bind(Statement statement, GlobalDraft draft, DiagnosticSink diagnostics)
    {
        var reader = new ArgumentReader(statement, diagnostics);
        switch (reader.Peek()?.Text)
        {
            case "MTU" or "ADVERT":
                draft.Wire.ReceiveBufferUnit = reader.Take()!.Text == "MTU" ? ReceiveBufferUnit.Mtus : ReceiveBufferUnit.Adverts;
                break;
            default:
                if (!reader.TryTake(Bytes, out var bytes)) return;
                (draft.Wire.ReceiveBufferUnit, draft.Wire.ReceiveBuffer) = (ReceiveBufferUnit.Bytes, bytes);
                break;
        }

        reader.ExpectEnd();
    }
}
