using System.Collections.Concurrent;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ClvOrleans.Server.Deliveries;

/// <summary>Open connections to the SMTP server: each sends one e-mail at a time, and is used again where nothing went wrong.</summary>
internal sealed class SmtpConnections(IOptions<EmailOptions> options) : IDisposable
{
    private readonly ConcurrentBag<SmtpClient> _idle = [];

    public async Task SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        var client = await OpenAsync(cancellation);
        try
        {
            await client.SendAsync(message, cancellation);
            _idle.Add(client);
        }
        catch (SmtpCommandException)
        {
            _idle.Add(client); // The server has answered; the connection is sound.
            throw;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var client))
        {
            client.Dispose();
        }
    }

    // One that the server has closed meanwhile is dropped.
    private async Task<SmtpClient> OpenAsync(CancellationToken cancellation)
    {
        while (_idle.TryTake(out var idle))
        {
            try
            {
                await idle.NoOpAsync(cancellation);
                return idle;
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                idle.Dispose();
            }
        }

        var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(
                options.Value.Host!,
                options.Value.Port,
                options.Value.Security switch
                {
                    EmailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                    EmailSecurity.None => SecureSocketOptions.None,
                    _ => SecureSocketOptions.StartTls,
                },
                cancellation);
            if (options.Value.User is { } user)
            {
                await client.AuthenticateAsync(user, options.Value.Password ?? "", cancellation);
            }

            return client;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            client.Dispose();
            throw new SmtpUnreachableException(options.Value.Host!, e);
        }
    }
}
