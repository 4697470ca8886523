using System.Text.Json.Nodes;
using ClvOrleans.Domain.Market;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Simulation;

/// <summary>What a customer does on their visits, and what follows their orders.</summary>
internal sealed class ShopperVisits
{
    private const int MostDevices = 5;
    private readonly int _number;
    private readonly ShopperTruth _truth;
    private readonly SimulatedStoreOptions _options;
    private readonly StoreMarket _market;
    private readonly Random _random;
    private readonly int _favourite;
    private readonly double _couponAffinity;
    private readonly double _satisfaction;
    private string _device;
    private int _devices = 1;
    private bool _known;
    private bool _seen;
    private int _messages;
    private int _orders;

    public ShopperVisits(int number, ShopperTruth truth, SimulatedStoreOptions options, StoreMarket market)
    {
        (_number, _truth, _options, _market) = (number, truth, options, market);
        _random = Chance.Of(options.Seed, number, "visits");
        _device = _random.AnonymousId();
        _favourite = _random.Next(Catalogue.Categories.Length);
        _couponAffinity = _random.NextDouble();

        // Who will leave sooner is less content: the one trace that dropout leaves in behaviour beside silence.
        var meanDropout = options.Process.S / options.Process.Beta;
        _satisfaction = 4.8 - (2 * truth.DropoutPerWeek / (truth.DropoutPerWeek + meanDropout));
    }

    /// <summary>A visit that ends with an order, which is placed at the given time.</summary>
    public IEnumerable<SimulatedEvent> Order(DateTimeOffset at, decimal revenue)
    {
        if (_orders > 0 && _devices < MostDevices && _random.Happens(.1))
        {
            (_device, _known, _devices) = (_random.AnonymousId(), false, _devices + 1);
        }

        var promotion = PromotionAt(at);
        var (off, coupon) = promotion is not null && _random.Happens(_couponAffinity)
            ? (promotion.Strength, promotion.Id.ToUpperInvariant())
                : _orders == 0 && _random.Happens(.2) ? (.1, "WELCOME10")
                : (0, (string?)null);
        var basket = Basket.Fill(revenue, (decimal)off, coupon, _favourite, _random);
        var orderId = $"{_number:00000}-{++_orders}";
        var session = Arrive(promotion);
        foreach (var line in basket.Lines)
        {
            session.Track("Product Viewed", Of(line.Product));
            session.Track("Product Added", line.ToJson());
        }

        session.Track("Checkout Started", new JsonObject { ["value"] = basket.Subtotal, ["products"] = basket.ToJson() });
        if (!_known)
        {
            session.Identify(_truth.UserId, People.Traits(_number, _truth.UserId), People.Consent(_options.Seed, _number));
            _known = true;
        }

        if (coupon is not null)
        {
            session.Track(
                "Coupon Applied", new JsonObject { ["order_id"] = orderId, ["coupon_id"] = coupon, ["discount"] = basket.Discount });
        }

        session.Track("Order Completed", basket.ToOrder(orderId));
        return session.Spread(at.AddMinutes(-_random.Between(4, 25)), at).Concat(Aftermath(at, orderId, basket));
    }

    /// <summary>A visit without an order; one in three leaves a cart behind.</summary>
    public IEnumerable<SimulatedEvent> Browse(DateTimeOffset at)
    {
        var session = Arrive(PromotionAt(at));
        var product = _random.OneOf(Catalogue.Categories[_favourite]);
        for (var more = _random.Next(1, 4); more > 0; more--)
        {
            product = _random.OneOf(Catalogue.Categories[_random.Happens(.6) ? _favourite : _random.Next(Catalogue.Categories.Length)]);
            session.Track("Product Viewed", Of(product));
        }

        switch (_random.NextDouble())
        {
            case < .35:
                session.Track("Product Added", Of(product));
                session.Track("Cart Viewed", new JsonObject { ["products"] = new JsonArray(Of(product)) });
                if (_random.Happens(.3))
                {
                    session.Track(
                        "Checkout Started", new JsonObject { ["value"] = product.Price, ["products"] = new JsonArray(Of(product)) });
                }

                break;
            case < .45:
                session.Track("Product Added to Wishlist", Of(product));
                break;
        }

        return session.Spread(at, at.AddMinutes(_random.Between(1, 15)));
    }

    private Session Arrive(MarketEntry? promotion)
    {
        var session = new Session(_device, _known ? _truth.UserId : null, NewMessageId);
        session.Page("Home", "/", _seen ? null : People.Campaign(_random, promotion?.Id));
        _seen = true;
        var category = Catalogue.Categories[_favourite][0].Category;
        if (promotion is not null && _random.Happens(.4 + (.6 * _couponAffinity)))
        {
            session.Track("Promotion Viewed", new JsonObject { ["promotion_id"] = promotion.Id });
            if (_random.Happens(_couponAffinity))
            {
                session.Track("Promotion Clicked", new JsonObject { ["promotion_id"] = promotion.Id });
            }
        }

        if (_random.Happens(.25))
        {
            session.Track("Products Searched", new JsonObject { ["query"] = category.ToLowerInvariant() });
        }
        else
        {
            session.Track("Product List Viewed", new JsonObject { ["list_id"] = category.ToLowerInvariant(), ["category"] = category });
        }

        return session;
    }

    private IEnumerable<SimulatedEvent> Aftermath(DateTimeOffset at, string orderId, Basket basket)
    {
        var product = basket.Lines[0].Product;
        switch (_random.NextDouble())
        {
            case < .02:
                yield return FromShop(at.AddHours(_random.Between(.5, 6)), "Order Cancelled", new JsonObject { ["order_id"] = orderId });
                yield break;
            case < .05:
                yield return FromShop(at.AddDays(_random.Between(2, 21)), "Order Refunded", new JsonObject { ["order_id"] = orderId });
                yield break;
            case < .09:
                var part = decimal.Round(basket.Revenue * (decimal)_random.Between(.2, .8), 2);
                yield return FromShop(
                    at.AddDays(_random.Between(2, 21)), "Order Refunded", new JsonObject { ["order_id"] = orderId, ["total"] = part });
                break;
        }

        if (_random.Happens(.1))
        {
            var share = Of(product);
            share["share_via"] = _random.OneOf(People.Channels);
            yield return FromBrowser(at.AddHours(_random.Between(.1, 48)), "Product Shared", share);
        }

        if (_random.Happens(.3))
        {
            var rating = (int)Math.Clamp(Math.Round(Normal.Sample(_random, _satisfaction, .7)), 1, 5);
            var review = new JsonObject { ["product_id"] = product.Id, ["review_id"] = "r-" + orderId, ["rating"] = $"{rating}" };
            yield return FromBrowser(at.AddDays(_random.Between(3, 14)), "Product Reviewed", review);
        }
    }

    private SimulatedEvent FromShop(DateTimeOffset at, string name, JsonObject properties) => new()
    {
        At = Session.WholeMilliseconds(at),
        Type = "track",
        Name = name,
        MessageId = NewMessageId(),
        UserId = _truth.UserId,
        Properties = properties,
    };

    private SimulatedEvent FromBrowser(DateTimeOffset at, string name, JsonObject properties) =>
        FromShop(at, name, properties) with { AnonymousId = _device };

    private MarketEntry? PromotionAt(DateTimeOffset at) => _market.PromotionOn(DateOnly.FromDateTime(at.UtcDateTime));

    private string NewMessageId() => $"sim-{_options.Seed}-{_number:00000}-{++_messages}";

    private static JsonObject Of(Catalogue.Product product) => new()
    {
        ["product_id"] = product.Id,
        ["category"] = product.Category,
        ["price"] = product.Price,
    };
}
