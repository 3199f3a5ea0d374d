using Director.Config.Syntax;
using Director.Config.Text;

namespace Director.Config.Binder;

/// <summary>A <c>UDP_CHECK</c> in the making; null is what was not written.</summary>
internal sealed class UdpCheckDraft(Statement header) : ConnectingCheckDraft(header)
{
    public string? Payload { get; set; }

    public string? Reply { get; set; }

    public int MinReplyLength { get; set; }

    public int MaxReplyLength { get; set; } = byte.MaxValue;

    /// <summary>Where a bound of the length stands.</summary>
    public Word? LengthWord { get; set; }

    public override IEnumerable<CheckConfig> Complete(CheckCompletion completion)
    {
        if (MinReplyLength > MaxReplyLength)
        {
            completion.Diagnostics.Error(DiagnosticCode.Conflict, LengthWord!,
                $"min_reply_length {MinReplyLength} is above max_reply_length {MaxReplyLength}: no reply can be good");
        }

        if (Reply is null && LengthWord is { } word)
            completion.Diagnostics.Warning(DiagnosticCode.Conflict, word, "the length of a reply means nothing without require_reply");
        if (completion.Connection(this) is not { } connection) yield break;
        yield return new UdpCheckConfig(connection, completion.Timing(this, CheckKindDefaults.Ordinary), Header.Keyword.Location)
        {
            Payload = Payload,
            Reply = Reply,
            MinReplyLength = MinReplyLength,
            MaxReplyLength = MaxReplyLength,
        };
    }
}
