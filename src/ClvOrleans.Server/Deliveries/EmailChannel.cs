using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ClvOrleans.Server.Deliveries;

/// <summary>Sends e-mails by SMTP.</summary>
internal sealed class EmailChannel(SmtpConnections connections, LinkTokens links, IOptions<EmailOptions> options) : IDeliveryChannel
{
    private const int Permanent = 500;

    public ActionChannel Channel => ActionChannel.Email;

    public async Task<SendResult> SendAsync(Delivery delivery, Recipient recipient, CancellationToken cancellation)
    {
        if (options.Value.Host is null)
        {
            return SendResult.Failed("There is no SMTP server: set Email__Host.");
        }

        if (!MailboxAddress.TryParse(recipient.Address, out _))
        {
            return SendResult.Failed("The customer's address is none.", BounceKind.Hard);
        }

        if (ActionPayload.Mistakes(ActionChannel.Email, delivery.Payload).FirstOrDefault() is { } mistake)
        {
            return SendResult.Failed(mistake);
        }

        try
        {
            await connections.SendAsync(EmailMessage.Of(delivery, recipient, options.Value, links), cancellation);
            return SendResult.Sent;
        }
        catch (SmtpUnreachableException e)
        {
            return SendResult.Again(e.Message);
        }
        catch (SmtpCommandException e)
        {
            return Judge(e);
        }
    }

    // What a server says of the recipient counts against their address; a full mailbox (552) is for now only. What it says of the content
    // or of the sender does not.
    private static SendResult Judge(SmtpCommandException refusal)
    {
        var (status, reason) = ((int)refusal.StatusCode, $"The SMTP server answered {(int)refusal.StatusCode}: {refusal.Message}");
        var isForGood = status >= Permanent;
        return refusal.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted when isForGood && refusal.StatusCode != SmtpStatusCode.ExceededStorageAllocation =>
                SendResult.Failed(reason, BounceKind.Hard),
            SmtpErrorCode.RecipientNotAccepted => SendResult.Again(reason, BounceKind.Soft),
            SmtpErrorCode.MessageNotAccepted when isForGood => SendResult.Failed(reason),
            _ => SendResult.Again(reason),
        };
    }
}
