using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;
using ClvOrleans.Intake.Webhooks;

namespace ClvOrleans.Intake.Tests.Webhooks;

/// <summary>Calls of shops, and what they fold to.</summary>
internal static class Called
{
    public static StoreSettings Store { get; } = new() { Id = new StoreId("shop") };

    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static ReadWebhook Shopify(string topic, string body, StoreSettings? store = null) =>
        ShopifyWebhooks.Read(new WebhookDelivery("shopify", topic, Encoding.UTF8.GetBytes(body), Now, "d1"), store ?? Store);

    public static ReadWebhook Woo(string topic, string body, DateTimeOffset? receivedAt = null, string delivery = "d1") =>
        WooCommerceWebhooks.Read(new WebhookDelivery("woo", topic, Encoding.UTF8.GetBytes(body), receivedAt ?? Now, delivery), Store);

    public static string Code(Func<ReadWebhook> read) => Assert.Throws<RefusedException>(() => read()).Code;

    /// <summary>The fold of what calls say of one customer: what was known stays, amendments are the owner's.</summary>
    public static CustomerState Fold(params IEnumerable<ReadWebhook> calls) => Fold(calls.SelectMany(c => c.Events));

    public static CustomerState Fold(IEnumerable<ReadEvent> events) =>
        CustomerState.Fold(events.Select(e => e.Event).DistinctBy(e => e.Key), Store);

    public static CustomerSummary Summary(params IEnumerable<ReadWebhook> calls) => CustomerSummary.Of(Fold(calls), Store);

    public static decimal Net(params IEnumerable<ReadWebhook> calls) => Store.Currency.ToMajor(Summary(calls).Net);

    public static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany((item, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[item, .. rest]));

    public static EventKind[] Kinds(ReadWebhook call) => [.. call.Events.Select(e => e.Event.Kind)];
}
