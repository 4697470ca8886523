using System.Collections.Frozen;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Intake.Files;

/// <summary>
/// What shops' statuses of orders and payments mean: WooCommerce's, Shopify's, Magento's, BigCommerce's and PrestaShop's words.
/// </summary>
internal static class OrderStatus
{
    private static readonly FrozenDictionary<string, StatusMeaning> Known = new[]
    {
        (StatusMeaning.Paid, "completed|complete|processing|paid|partially paid|captured|payment accepted|processing in progress|fulfilled|"
            + "partially fulfilled|shipped|partially shipped|delivered|awaiting fulfillment|awaiting shipment|awaiting pickup"),
        (StatusMeaning.Unpaid, "pending|pending payment|awaiting payment|unpaid|not paid|on hold|onhold|holded|failed|declined|"
            + "payment error|"
            + "authorized|partially authorized|payment review|fraud|suspected fraud|new|draft|checkout draft|auto draft|incomplete|expired|"
            + "abandoned|voided|void|manual verification required"),
        (StatusMeaning.Cancelled, "cancelled|canceled|trash|deleted"),
        (StatusMeaning.Refunded, "refunded|fully refunded"),
        (StatusMeaning.PartlyRefunded, "partially refunded|partly refunded|partial refund"),
        (StatusMeaning.Closed, "closed"),
    }
    .SelectMany(m => m.Item2.Split('|').Select(word => KeyValuePair.Create(word, m.Item1))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a status means; null where that is not known.</summary>
    public static StatusMeaning? Of(string status, IReadOnlyDictionary<string, OrderStanding> said)
    {
        if (said.TryGetValue(status, out var standing))
        {
            return standing switch
            {
                OrderStanding.Paid => StatusMeaning.Paid,
                OrderStanding.Unpaid => StatusMeaning.Unpaid,
                OrderStanding.Cancelled => StatusMeaning.Cancelled,
                _ => StatusMeaning.Refunded,
            };
        }

        var word = string.Join(' ', status.ToLowerInvariant().Split(['_', '-', ' '], StringSplitOptions.RemoveEmptyEntries));
        word = word.StartsWith("wc ", StringComparison.Ordinal) ? word[3..] : word;
        return Known.TryGetValue(word, out var meaning) ? meaning : null;
    }
}
