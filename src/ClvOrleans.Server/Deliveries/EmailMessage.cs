using System.Net;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using MimeKit;

namespace ClvOrleans.Server.Deliveries;

/// <summary>
/// An e-mail. Each has the two headers of one-click unsubscription (RFC 8058), and links for people at its end.
/// </summary>
internal static class EmailMessage
{
    private const string BodyEnd = "</body>";

    public static MimeMessage Of(Delivery delivery, Recipient recipient, EmailOptions options, LinkTokens links)
    {
        var from = MailboxAddress.Parse(options.From!);
        var token = links.Write(new LinkToken(recipient.Customer, delivery.Channel.Name(), delivery.Topic, delivery.Id.Value));
        var site = options.PublicUrl!.TrimEnd('/');
        var (leave, choose) = ($"{site}/unsubscribe/{token}", $"{site}/preferences/{token}");
        var message = new MimeMessage
        {
            Subject = ActionPayload.Text(delivery.Payload, "subject")!,
            MessageId = $"{delivery.Id}@{from.Domain}",
            Date = delivery.HandedAt ?? delivery.CreatedAt,
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(recipient.Name ?? "", recipient.Address!));
        message.Headers.Add("List-Unsubscribe", $"<{leave}>");
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        message.Headers.Add("Feedback-ID", $"{delivery.Topic}:{recipient.Customer.Store}");
        message.Headers.Add("X-Delivery-Id", delivery.Id.Value);
        var body = new BodyBuilder
        {
            TextBody = $"{ActionPayload.Text(delivery.Payload, "text")}\r\n\r\n-- \r\nUnsubscribe: {leave}\r\nPreferences: {choose}\r\n",
        };
        if (ActionPayload.Text(delivery.Payload, "html") is { } html)
        {
            body.HtmlBody = WithLinks(
                html,
                $"<p><a href=\"{WebUtility.HtmlEncode(leave)}\">Unsubscribe</a> &middot; "
                + $"<a href=\"{WebUtility.HtmlEncode(choose)}\">Preferences</a></p>");
        }

        message.Body = body.ToMessageBody();
        return message;
    }

    private static string WithLinks(string html, string links)
    {
        var end = html.LastIndexOf(BodyEnd, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html + links : html.Insert(end, links);
    }
}
