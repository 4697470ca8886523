using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Segments;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Models;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// Tells where buyers were on past days: each as known then, by the model and the definitions of segments of now. Safe to use from any
/// thread.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="market">The market calendar.</param>
/// <param name="segments">The own segments; none where nobody asks for them.</param>
/// <param name="store">The store.</param>
public sealed class BuyerPlaces(IValueModel model, MarketCalendar market, SegmentDefinitions segments, StoreSettings store)
{
    private readonly WatchList _segments =
        new(new WatchVersion(segments.Revision, 0), SegmentRules.WatchesOf(store.Currency, segments));

    /// <summary>The place of a customer at the end of each day; null before the first purchase, and where none counts.</summary>
    public IReadOnlyList<BuyerPlace?> Of(AsOfSnapshots customer, IReadOnlyList<DateOnly> days) =>
        [.. days.Select(day => customer.At(day)?.Summary is { PurchaseDays.IsEmpty: false } known ? Of(customer.Id, known, day) : null)];

    private BuyerPlace? Of(CustomerId customer, CustomerSummary known, DateOnly day)
    {
        var estimate = model.Estimate(known, market, store, day, store.Horizon);
        var contribution = Contribution.Of(
            0, 0, known, estimate, store.MarginBasisPoints, market, _segments.Watches.IsEmpty ? null : model.Version.Segmentation);
        var cell = contribution.Cell!.Value;
        return new BuyerPlace(
            cell.Lifecycle, cell.Bucket, SegmentsOf(new CustomerFacts(customer, known, contribution, day, store)), estimate.Value);
    }

    private SegmentSet SegmentsOf(CustomerFacts facts)
    {
        if (_segments.Watches.IsEmpty)
        {
            return default;
        }

        var holds = _segments.Evaluate(facts);
        return SegmentSet.Of(_segments.Watches.Where((_, i) => holds[i]).Select(w => new SegmentId(w.Subject.Id)));
    }
}
