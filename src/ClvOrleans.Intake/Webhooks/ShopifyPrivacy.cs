using System.Security.Cryptography;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>
/// What Shopify passes on of people's rights. It is never refused: a demand that cannot be read in full is kept as it came, for somebody
/// has to answer it.
/// </summary>
internal static class ShopifyPrivacy
{
    public static ReadWebhook Read(PrivacyTopic topic, WebhookDelivery delivery, StoreId store) =>
        new([], [], new PrivacyDemand(
            topic, $"{delivery.Topic}:{Convert.ToHexStringLower(SHA256.HashData(delivery.Body.Span))}", CustomerOf(delivery.Body, store)));

    private static string? CustomerOf(ReadOnlyMemory<byte> body, StoreId store)
    {
        try
        {
            var customer = ShopObject.Parse(body).In("customer");
            var id = customer.Whole("email") ?? ShopCustomer.AccountOf(ShopifyWebhooks.Shop, customer.NumberOrNull("id"));
            return id is null ? null : CustomerId.OfUser(store, id).Canonical().Id;
        }
        catch (RefusedException)
        {
            return null;
        }
    }
}
