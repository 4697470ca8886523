using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>Reads the calls of a WooCommerce shop, by their topics.</summary>
public static class WooCommerceWebhooks
{
    /// <summary>The name before the shop's own ids of customers and visitors.</summary>
    internal const string Shop = "woocommerce";

    /// <summary>Reads a call. <exception cref="RefusedException">It cannot count; code and message say why.</exception></summary>
    public static ReadWebhook Read(WebhookDelivery delivery, StoreSettings store)
    {
        switch (delivery.Topic)
        {
            case "order.created" or "order.updated":
                return WooCommerceOrder.Read(ShopObject.Parse(delivery.Body), delivery, store, isRestored: false);
            case "order.restored":
                return WooCommerceOrder.Read(ShopObject.Parse(delivery.Body), delivery, store, isRestored: true);
            case "order.deleted":
                return WooCommerceOrder.ReadDeleted(ShopObject.Parse(delivery.Body), delivery, store);
            case "customer.created" or "customer.updated":
                return WooCommerceCustomer.Read(ShopObject.Parse(delivery.Body), delivery, store);
            case "customer.deleted":
                return ReadWebhook.Of(new EventNote(
                    "account_deleted", "The account is gone from the shop; what was bought stays, and nobody has asked to be erased."));
            default:
                return ReadWebhook.Of(new EventNote(
                    "topic_ignored", $"The topic '{delivery.Topic}' says nothing that is read; the webhook can be removed."));
        }
    }
}
