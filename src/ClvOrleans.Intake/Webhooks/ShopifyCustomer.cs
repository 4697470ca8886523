using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>A customer of Shopify.</summary>
internal static class ShopifyCustomer
{
    public static ReadWebhook Read(ShopObject customer, WebhookDelivery delivery, StoreSettings store)
    {
        var account = ShopCustomer.AccountOf(ShopifyWebhooks.Shop, customer.Id("id", IdKind.Customer))!;
        var at = customer.Time("updated_at", store.TimeZone, delivery.ReceivedAt)
            ?? customer.Time("created_at", store.TimeZone, delivery.ReceivedAt) ?? delivery.ReceivedAt;
        var (email, address) = (customer.Whole("email"), customer.In("default_address"));
        var who = ShopCustomer.Find(store.Id, email, "email", account);
        return new ReadWebhook(
            [
                ShopCustomer.Stated(delivery.Source, who, account, at, new Dictionary<string, string?>
                {
                    ["email"] = email,
                    ["firstName"] = customer.Text("first_name"),
                    ["lastName"] = customer.Text("last_name"),
                    ["createdAt"] = customer.Text("created_at"),
                    ["country"] = address.Text("country_code"),
                    ["city"] = address.Text("city"),
                }),
            ],
            []);
    }
}
