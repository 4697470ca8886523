using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace ClvOrleans.Server.Tests.Deliveries;

/// <summary>A real SMTP server on this machine.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public MailServer()
    {
        Port = FreePort.Find();
        var services = new ServiceProvider();
        services.Add(new Store(this));
        services.Add(new Filter(this));
        var options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(e => e.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).Build()).Build();
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
    }

    public int Port { get; }

    /// <summary>The e-mails that were accepted, in order.</summary>
    public Channel<MimeMessage> Received { get; } = Channel.CreateUnbounded<MimeMessage>();

    /// <summary>What recipients are answered with instead, by address.</summary>
    public ConcurrentDictionary<string, SmtpReplyCode> Refused { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the next message is answered with after its last byte; null for acceptance.</summary>
    public SmtpReplyCode? AfterData { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted)
        {
            await _stop.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }

    private sealed class Store(MailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (server.AfterData is { } refusal)
            {
                return new SmtpResponse(refusal, "refused");
            }

            using var bytes = new MemoryStream(buffer.ToArray());
            await server.Received.Writer.WriteAsync(await MimeMessage.LoadAsync(bytes, cancellationToken), cancellationToken);
            return SmtpResponse.Ok;
        }
    }

    private sealed class Filter(MailServer server) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(
            ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            server.Refused.TryGetValue($"{to.User}@{to.Host}", out var refusal)
                ? throw new SmtpResponseException(new SmtpResponse(refusal, "refused"))
                : Task.FromResult(true);
    }
}
