using System.Net;
using Director.Config;
using Director.Hosting;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Director.Notifications;

/// <summary>
/// Sends mail, one after the other, each up to <see cref="NotifyLimits.MailAttempts"/> times (RFC 5321). A connection each: there are few.
/// </summary>
internal sealed class Mailer : IAsyncDisposable
{
    private readonly MailConfig _config;
    private readonly MailSettings _settings;
    private readonly TimeProvider _time;
    private readonly DeliveryQueue<MailLetter> _queue;

    /// <summary>A mailer that has sent nothing.</summary>
    public Mailer(MailConfig config, MailSettings settings, TimeProvider time, ILogger log)
    {
        (_config, _settings, _time) = (config, settings, time);
        _queue = new($"mail by {config.Server}", NotifyLimits.Mails, DeliverAsync, log);
    }

    /// <summary>Where it sends to.</summary>
    public MailConfig Config => _config;

    /// <summary>Sends a letter as soon as those before it have gone.</summary>
    public void Send(MailLetter letter) => _queue.Add(letter);

    /// <summary>As it is now.</summary>
    public DeliverySnapshot Snapshot() => _queue.Snapshot();

    /// <summary>Waits until all have gone, but no longer than this.</summary>
    public Task DrainAsync(TimeSpan patience) => _queue.DrainAsync(patience);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task<string?> DeliverAsync(MailLetter letter, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await SendAsync(letter, stop);
                return null;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                var why = exception is OperationCanceledException
                    ? $"no answer within {_config.ConnectTimeout.TotalSeconds} s"
                    : exception.Message;
                // What the server refuses for good it will refuse again (RFC 5321 §4.2.1).
                var isFinal = exception is SmtpCommandException { StatusCode: >= (SmtpStatusCode)500 } or AuthenticationException;
                if (isFinal || attempt == NotifyLimits.MailAttempts) return why;
            }

            await Task.Delay(NotifyLimits.MailRetry, _time, stop);
        }
    }

    private async Task SendAsync(MailLetter letter, CancellationToken stop)
    {
        using var message = ToMessage(letter);
        using var client = new SmtpClient { LocalDomain = _config.HeloName ?? Dns.GetHostName() };
        // A certificate of one's own authority has no list of revoked ones that could be asked.
        client.CheckCertificateRevocation = false;
        client.Timeout = (int)Math.Min(_config.ConnectTimeout.TotalMilliseconds, int.MaxValue);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(_config.ConnectTimeout);
        var security = _settings.Security switch
        {
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(_config.Server!, _config.Port, security, timeout.Token);
        timeout.CancelAfter(Timeout.InfiniteTimeSpan);
        if (_settings.User.Length > 0)
        {
            var password = File.ReadLines(_settings.PasswordFile).FirstOrDefault() ?? "";
            await client.AuthenticateAsync(_settings.User, password, stop);
        }

        await client.SendAsync(message, stop);
        await client.DisconnectAsync(quit: true, stop);
    }

    private MimeMessage ToMessage(MailLetter letter)
    {
        var message = new MimeMessage { Subject = letter.Subject, Body = new TextPart("plain") { Text = letter.Body } };
        message.From.Add(MailboxAddress.Parse(_config.From ?? $"{Environment.UserName}@{Dns.GetHostName()}"));
        foreach (var recipient in _config.To) message.To.Add(MailboxAddress.Parse(recipient));
        message.Date = _time.GetUtcNow();
        return message;
    }
}
