using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>A customer of WooCommerce: an account, for guests have none.</summary>
internal static class WooCommerceCustomer
{
    public static ReadWebhook Read(ShopObject customer, WebhookDelivery delivery, StoreSettings store)
    {
        var account = ShopCustomer.AccountOf(WooCommerceWebhooks.Shop, customer.Id("id", IdKind.Customer))!;
        var billing = customer.In("billing");
        var (email, field) = customer.Whole("email") is { } own ? (own, "email") : (billing.Whole("email"), "billing.email");
        var at = customer.Time("date_modified_gmt", TimeZoneInfo.Utc, delivery.ReceivedAt)
            ?? customer.Time("date_created_gmt", TimeZoneInfo.Utc, delivery.ReceivedAt) ?? delivery.ReceivedAt;
        var who = ShopCustomer.Find(store.Id, email, field, account);
        return new ReadWebhook(
            [
                ShopCustomer.Stated(delivery.Source, who, account, at, new Dictionary<string, string?>
                {
                    ["email"] = email,
                    ["firstName"] = customer.Text("first_name"),
                    ["lastName"] = customer.Text("last_name"),
                    ["createdAt"] = customer.Text("date_created_gmt"),
                    ["country"] = billing.Text("country"),
                    ["city"] = billing.Text("city"),
                }),
            ],
            []);
    }
}
