using ClvOrleans.Domain.Stores;
using ClvOrleans.Recommendations.Baskets;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Server.Recommendations;
using Middle = ClvOrleans.Recommendations.Ranking.PriceBand;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What shortens a customer's way through the shop.</summary>
internal sealed record ExperienceReply
{
    // An answer of the past is worth a minute; what was sold out meanwhile is seen in the cart.
    private const int MostSeconds = 60;

    /// <summary>Who it is: whoever the id has become.</summary>
    public required string Customer { get; init; }

    /// <summary>Number of their events; 0 of somebody who is not known.</summary>
    public required long Revision { get; init; }

    /// <summary>The local day of the answer.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Version of the model of recommendations; null where none was trained on products.</summary>
    public required string? ModelVersion { get; init; }

    /// <summary>Currency of prices.</summary>
    public required string Currency { get; init; }

    /// <summary>The categories in the order that suits the customer, with the share of each.</summary>
    public required IReadOnlyList<CategoryReply> Categories { get; init; }

    /// <summary>What the customer buys again and again, the first due first.</summary>
    public required IReadOnlyList<ReorderReply> Reorder { get; init; }

    /// <summary>The prices to sort by; null where no price of a purchase is known.</summary>
    public required PriceBandReply? PriceBand { get; init; }

    /// <summary>What a decision has put into the slot; null where none holds.</summary>
    public required SlotReply? Offer { get; init; }

    /// <summary>What the customer has done already, and need not do again.</summary>
    public required SavedSteps SavedSteps { get; init; }

    /// <summary>What to do next.</summary>
    public required NextBestAction NextBestAction { get; init; }

    /// <summary>For how many seconds the answer may be kept.</summary>
    public required int CacheSeconds { get; init; }

    public static ExperienceReply Of(
        CustomerRecommendation found, SlotReply? offer, int count, StoreSettings store, DateTimeOffset now)
    {
        var reorder = ReorderList.Of(found.Model, found.Request);
        string[] cart = [.. OpenCart.Of(found.Request)];
        var band = Middle.Of(found.Model, found.Request.Baskets, id => found.Shelf.Products.GetValueOrDefault(id)?.Price);
        return new()
        {
            Customer = found.Customer.Id,
            Revision = found.Revision,
            AsOf = found.Day,
            ModelVersion = found.Version,
            Currency = store.Currency.Code,
            Categories = [.. found.Lists.Categories.Select(c => new CategoryReply(c.Category, c.Share))],
            Reorder = [.. reorder.Take(count).Select(r => ReorderReply.Of(r, found, store.Currency))],
            PriceBand = band is null ? null : new(
                store.Currency.ToMajor(band.Lower), store.Currency.ToMajor(band.Upper), found.Request.Appeal switch
                {
                    PriceAppeal.Premium => PriceOrder.Descending,
                    PriceAppeal.Promotion => PriceOrder.Ascending,
                    _ => PriceOrder.None,
                }),
            Offer = offer,
            SavedSteps = new(cart, Of(found, Interest.Wished, count), Of(found, Interest.Viewed, count)),
            NextBestAction = NextBestAction.Of(found, cart, [.. reorder.Where(r => r.DueOn <= found.Day)], offer),
            CacheSeconds = SecondsOf(found.Day, offer, store, now),
        };
    }

    private static string[] Of(CustomerRecommendation found, Interest interest, int count) =>
        [.. found.Request.Recent.Items.Where(i => i.Interest == interest).Select(i => i.Product).Take(count)];

    // Not beyond the offer, and not beyond the day that due dates are of.
    private static int SecondsOf(DateOnly day, SlotReply? offer, StoreSettings store, DateTimeOffset now)
    {
        var (left, tomorrow) = ((double)MostSeconds, day.AddDays(1).ToDateTime(TimeOnly.MinValue));
        left = Math.Min(left, (tomorrow - TimeZoneInfo.ConvertTime(now, store.TimeZone).DateTime).TotalSeconds);
        return (int)Math.Max(0, offer?.ExpiresAt is { } end ? Math.Min(left, (end - now).TotalSeconds) : left);
    }
}
