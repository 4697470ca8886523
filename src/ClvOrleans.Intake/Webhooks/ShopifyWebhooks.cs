using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>Reads the calls of a Shopify shop, by their topics.</summary>
public static class ShopifyWebhooks
{
    /// <summary>The name before the shop's own ids of customers and visitors.</summary>
    internal const string Shop = "shopify";

    /// <summary>Reads a call. <exception cref="RefusedException">It cannot count; code and message say why.</exception></summary>
    public static ReadWebhook Read(WebhookDelivery delivery, StoreSettings store)
    {
        switch (delivery.Topic)
        {
            case "orders/create" or "orders/updated" or "orders/paid" or "orders/cancelled" or "orders/fulfilled"
                or "orders/partially_fulfilled":
                return ShopifyOrder.Read(ShopObject.Parse(delivery.Body), delivery, store);
            case "refunds/create":
                return ShopifyRefund.Read(ShopObject.Parse(delivery.Body), delivery, store);
            case "customers/create" or "customers/update":
                return ShopifyCustomer.Read(ShopObject.Parse(delivery.Body), delivery, store);
            case "customers/data_request":
                return ShopifyPrivacy.Read(PrivacyTopic.CustomerData, delivery, store.Id);
            case "customers/redact":
                return ShopifyPrivacy.Read(PrivacyTopic.CustomerErasure, delivery, store.Id);
            case "shop/redact":
                return ShopifyPrivacy.Read(PrivacyTopic.ShopErasure, delivery, store.Id);
            default:
                return ReadWebhook.Of(new EventNote(
                    "topic_ignored", $"The topic '{delivery.Topic}' says nothing that is read; the subscription can be removed."));
        }
    }
}
