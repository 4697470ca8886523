using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Grains.Tests.Sales;

/// <summary>Where a buyer was on a day, by the words of the documents alone: all events up to then, folded anew.</summary>
internal sealed record NaivePlace(string Lifecycle, string Tier, string[] Segments, long Value)
{
    private static readonly (string Name, double Share)[] Tiers =
        [("top-1", .01), ("top-5", .05), ("top-10", .1), ("top-25", .25), ("top-50", .5)];

    /// <summary>The groups of a report by a way to group; of null those of somebody without a purchase that counts.</summary>
    public static IEnumerable<string> GroupsOf(NaivePlace? place, string by) => by switch
    {
        "lifecycle" => [place?.Lifecycle ?? "(not bought)"],
        "tier" => [place?.Tier ?? "(not bought)"],
        _ => [.. place?.Segments.DefaultIfEmpty("(none)") ?? ["(not bought)"], "(all)"],
    };

    /// <summary>All buyers as of a day.</summary>
    public static Dictionary<CustomerId, NaivePlace> On(
        DateOnly day, IEnumerable<(CustomerId Customer, CustomerEvent Event)> journal, IValueModel model, StoreSettings store,
        Func<NaiveFold, IEnumerable<string>> segments)
    {
        var known = journal.Where(e => store.DayOf(e.Event.At) <= day).ToLookup(e => e.Customer);
        var buyers = NaiveFold.Of(known.SelectMany(e => e), store).ToDictionary(c => c.Customer, c =>
        {
            var summary = CustomerSummary.Of(CustomerState.Fold(known[c.Customer].Select(e => e.Event), store), store);
            var estimate = model.Estimate(summary, MarketCalendar.Empty, store, day, store.Horizon);
            return (
                Fold: c, Lifecycle: LifecycleRule.Of(summary, estimate).ToString(), estimate.Value,
                Bucket: ValueBucket.Of(estimate.Value));
        });

        // A customer is in the top 5 % if fewer than 5 % of the buyers are in a better bucket, and expected to bring something.
        return buyers.ToDictionary(b => b.Key, b => new NaivePlace(
            b.Value.Lifecycle,
            b.Value.Bucket == 0 ? "rest" : Tiers
                .Where(t => buyers.Values.Count(o => o.Bucket > b.Value.Bucket) < t.Share * buyers.Count)
                .Select(t => t.Name).FirstOrDefault("rest"),
            [.. segments(b.Value.Fold)],
            (long)b.Value.Value.Minor));
    }
}
