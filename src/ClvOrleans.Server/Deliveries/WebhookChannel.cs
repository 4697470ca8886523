using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClvOrleans.Grains.Deliveries;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Server.Deliveries;

/// <summary>Tells the store's own systems: what a policy does for a customer, and what a subscription is told.</summary>
internal sealed class WebhookChannel(WebhookClient client, ISubscriptions subscriptions, IOptions<WebhookOptions> options)
    : IDeliveryChannel
{
    private const string Url = "url";

    public ActionChannel Channel => ActionChannel.Webhook;

    public async Task<SendResult> SendAsync(Delivery delivery, Recipient recipient, CancellationToken cancellation)
    {
        if (delivery.Subscription is { } name)
        {
            var subscription = (await subscriptions.ListAsync(delivery.Customer.Store, cancellation)).FirstOrDefault(s => s.Id == name);
            return subscription is null
                ? SendResult.Failed($"There is no subscription '{name}' any more.")
                : await client.CallAsync(subscription.Url, delivery.Id, BodyOf(delivery, recipient), subscription.Secrets, cancellation);
        }

        return ActionPayload.Mistakes(ActionChannel.Webhook, delivery.Payload, options.Value.AllowPrivate).FirstOrDefault() is { } mistake
            ? SendResult.Failed(mistake)
            : !options.Value.Secrets.Any() ? SendResult.Failed("There is no secret that signs webhooks of policies: set Webhooks__Secret.")
            : await client.CallAsync(
                new Uri(ActionPayload.Text(delivery.Payload, Url)!), delivery.Id, BodyOf(delivery, recipient), options.Value.Secrets,
                cancellation);
    }

    // The form of the Standard Webhooks specification: type, timestamp, data.
    private static ReadOnlyMemory<byte> BodyOf(Delivery delivery, Recipient recipient)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", delivery.Subscription is null ? "action" : ActionPayload.Text(delivery.Payload, "type") ?? "event");
            json.WriteString("timestamp", delivery.CreatedAt);
            json.WriteStartObject("data");
            json.WriteString("delivery", delivery.Id.Value);
            json.WriteString("customer", delivery.Customer.Id);
            if (recipient.Customer != delivery.Customer)
            {
                json.WriteString("movedTo", recipient.Customer.Id);
            }

            if (delivery.Subscription is not null && recipient.Address is { } address)
            {
                json.WriteString("emailSha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address))));
            }

            json.WriteString("topic", delivery.Topic);
            if (delivery.Decision is { } decision)
            {
                json.WriteString("decision", decision.Value);
            }

            foreach (var member in delivery.Payload.EnumerateObject())
            {
                if (delivery.Subscription is null ? member.Name != Url : member.Name != "type")
                {
                    member.WriteTo(json);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
