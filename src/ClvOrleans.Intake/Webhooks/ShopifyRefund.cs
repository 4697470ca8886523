using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>
/// A refund of Shopify, by itself or within its order. What it takes off the order's value is what its lines were worth without tax, and
/// what the merchant gave beyond them; shipping that is paid back was never part of the value.
/// </summary>
internal static class ShopifyRefund
{
    public static ReadWebhook Read(ShopObject refund, WebhookDelivery delivery, StoreSettings store)
    {
        var (id, order) = (refund.Id("id", IdKind.Order), refund.Id("order_id", IdKind.Order));
        var at = refund.Time("created_at", store.TimeZone, delivery.ReceivedAt) ?? delivery.ReceivedAt;
        if (ValueOf(refund, payment => payment.Paid) is not { } value)
        {
            return ReadWebhook.Of(new EventNote(
                "refund_failed", $"transactions: no payment of the refund {id} has succeeded; it takes nothing off."));
        }

        if (value == 0)
        {
            return ReadWebhook.Of(new EventNote(
                "refund_without_value", $"The refund {id} pays back shipping or tax only; it takes nothing off the order's value."));
        }

        var e = new CustomerEvent
        {
            MessageId = $"refund:{id}",
            Source = delivery.Source,
            Kind = EventKind.OrderRefunded,
            At = at < delivery.ReceivedAt ? at : delivery.ReceivedAt,
            Refund = new RefundFacts(order, new ShopMoney(store, CurrencyOf(refund)).Convert(value, "the refund")),
        };

        // It goes to whoever has the order; until that is known, it waits under the order's name.
        var unknown = CustomerId.OfVisitor(store.Id, $"{ShopifyWebhooks.Shop}-order:{order}");
        return new ReadWebhook([new ReadEvent(unknown, e, null, null, [])], []);
    }

    /// <summary>
    /// What a refund takes off the order's value, in the shop's currency; null where none of its payments has succeeded. Where it names
    /// neither lines nor adjustments, it is <paramref name="share"/> of what was paid back.
    /// </summary>
    public static decimal? ValueOf(ShopObject refund, Func<(decimal Paid, string? Currency), decimal> share)
    {
        var payments = refund.All("transactions").Where(t => t.Text("kind") == "refund").ToList();
        if (payments.Count > 0 && payments.TrueForAll(p => p.Text("status") is "failure" or "error"))
        {
            return null;
        }

        var (lines, adjustments) = (refund.All("refund_line_items").ToList(), refund.All("order_adjustments").ToList());
        if (lines.Count > 0 || adjustments.Count > 0)
        {
            // A discrepancy is negative where more was paid back than the lines were worth.
            var beyond = adjustments.Where(a => a.Text("kind") == "refund_discrepancy").Sum(a => a.Amount("amount") ?? 0);
            return Math.Max(0, lines.Sum(l => l.Amount("subtotal") ?? 0) - beyond);
        }

        var paid = payments.Where(p => p.Text("status") is "success" or "pending").Sum(p => p.Amount("amount") ?? 0);
        return share((paid, payments.FirstOrDefault().Text("currency")));
    }

    // Lines are in the shop's currency, which is named beside them; else it is that of the payment.
    private static string? CurrencyOf(ShopObject refund) =>
        refund.All("refund_line_items").FirstOrDefault().In("subtotal_set").In("shop_money").Text("currency_code")
        ?? refund.All("order_adjustments").FirstOrDefault().In("amount_set").In("shop_money").Text("currency_code")
        ?? refund.All("transactions").FirstOrDefault(t => t.Text("kind") == "refund").Text("currency");
}
