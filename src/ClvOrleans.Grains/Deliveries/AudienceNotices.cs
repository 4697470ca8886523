using System.Globalization;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Deliveries;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Grains.Deliveries;

/// <inheritdoc />
internal sealed class AudienceNotices(IErasures erasures, ISubscriptions subscriptions, TimeProvider time) : IErasureNotices
{
    /// <inheritdoc />
    public async Task<IReadOnlyCollection<Delivery>> OfAsync(CustomerId customer)
    {
        if (await erasures.ToldAsync(customer) is not { Count: > 0 } told)
        {
            return [];
        }

        var open = (await subscriptions.ListAsync(customer.Store)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        return [.. told.Where(t => open.TryGetValue(t.Subscription, out var s) && s.Since == t.Since)
            .Select(t => AudienceFollower.DeliveryOf(
                open[t.Subscription], new AudienceNews(t.Audience, t.Customer, IsIn: false, t.Number + 1), at))];
    }
}
