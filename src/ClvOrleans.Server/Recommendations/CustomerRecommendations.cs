using ClvOrleans.Contracts;
using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Models;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Recommendations;

/// <summary>
/// Answers what to recommend: the customer's live state from the customer's grain, the silo's model, the shelf as of now, and the
/// customer's value and price level from their row.
/// </summary>
internal sealed class CustomerRecommendations(
    OneStore store, IGrainFactory grains, IChampions champions, ShelfCache shelves, ICustomerRows rows, CustomerTiers tiers,
    TimeProvider time)
{
    // Of so many orders a coupon or a discount was in at least half: who buys so looks at prices.
    private const int OrdersToTell = 2;

    /// <summary>What to recommend to a customer, or to a visitor; to one who is not known what most buy.</summary>
    /// <param name="id">A user id, or else an anonymous id.</param>
    /// <param name="count">How many products.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<CustomerRecommendation> OfAsync(string id, int count, CancellationToken cancellation)
    {
        var settings = store.Settings;
        var (customer, view) = await FindAsync(id);
        var history = view.Baskets.Length == 0 ? new BasketHistory() : BasketFormat.Read(view.Baskets);
        var recent = view.Recent.Length == 0 ? new RecentItems() : RecentFormat.Read(view.Recent);
        var champion = champions.Find(settings.Id);
        var model = champion.Recommendations ?? RecommendationModel.Untrained(
            history.Days.SelectMany(d => d.Value.Keys).Concat(recent.Items.Select(i => i.Product)));
        var row = view.Revision > 0 ? await rows.FindAsync(customer, cancellation) : null;
        var (tier, appeal) = await AppealAsync(row);
        var shelf = await shelves.OfAsync(settings.Id, cancellation);
        var request = new RecommendationRequest
        {
            Baskets = history,
            Recent = recent,
            Day = settings.DayOf(time.GetUtcNow()),
            Shelf = shelf.Of(model.Catalogue),
            Appeal = appeal,
            Count = count,
        };
        var version = champion.Recommendations is null ? null : $"recommendations-{champion.Model.Version.Training}";
        return new(
            customer, view.Revision, request.Day, version, tier, request, model, shelf, row, Recommender.RecommendApart(model, request));
    }

    // As every answer about a customer finds them.
    private async Task<(CustomerId Id, BasketsView View)> FindAsync(string id)
    {
        foreach (var start in store.Settings.Named(id))
        {
            var (customer, view) = (start, await grains.GetCustomer(start).BasketsAsync());
            while (view.MovedTo is { } next)
            {
                (customer, view) = (next, await grains.GetCustomer(next).BasketsAsync());
            }

            if (view.Revision > 0)
            {
                return (customer, view);
            }
        }

        return (store.Settings.VisitorOf(id), new BasketsView(0, [], []));
    }

    private async ValueTask<(ValueTier? Tier, PriceAppeal Appeal)> AppealAsync(CustomerRow? row)
    {
        if (row?.Contribution.Cell is not { } cell || row.Summary.Orders == 0)
        {
            return (null, PriceAppeal.Any);
        }

        var tier = (await tiers.ThresholdsAsync()).TierOf(cell.Bucket);
        var summary = row.Summary;
        var isLookingAtPrices = summary.Orders >= OrdersToTell && 2 * summary.CouponOrders >= summary.Orders;
        return (tier, tier <= ValueTier.Top10 ? PriceAppeal.Premium : isLookingAtPrices ? PriceAppeal.Promotion : PriceAppeal.Any);
    }
}
