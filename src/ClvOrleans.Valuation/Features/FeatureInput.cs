using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Features;

/// <summary>All that features may read: a customer and the market as of the end of a day. What happened later is not in it.</summary>
public sealed class FeatureInput
{
    /// <summary>Collects the input.</summary>
    /// <param name="customer">A customer with a purchase, as of the day: nothing later may be folded into the summary.</param>
    /// <param name="asOf">The local day.</param>
    /// <param name="horizon">How far models look ahead.</param>
    /// <param name="market">The market on that day.</param>
    /// <param name="forecast">What a buy-till-you-die model expects within the horizon, undiscounted.</param>
    /// <param name="prices">What the categories of the store cost; unknown by default.</param>
    /// <exception cref="ArgumentException">The customer has bought nothing up to that day, or the summary reaches beyond it.</exception>
    public FeatureInput(
        CustomerSummary customer, DateOnly asOf, Horizon horizon, MarketFeatures market, ValueForecast forecast,
        CategoryPrices? prices = null)
    {
        if (customer.PurchaseDays.IsEmpty || customer.LastSeen > asOf)
        {
            throw new ArgumentException(
                $"Features are of a buyer as of {asOf:O}; this one was last seen on {customer.LastSeen:O}.", nameof(customer));
        }

        (Customer, AsOf, Horizon, Market, Forecast, Prices) = (customer, asOf, horizon, market, forecast, prices ?? CategoryPrices.Empty);
        Purchases = new PurchasePattern(customer.PurchaseDays, asOf);
        Behaviour = new BehaviourPattern(customer, asOf);
    }

    /// <summary>The customer.</summary>
    public CustomerSummary Customer { get; }

    /// <summary>The day.</summary>
    public DateOnly AsOf { get; }

    /// <summary>How far models look ahead.</summary>
    public Horizon Horizon { get; }

    /// <summary>The market on the day.</summary>
    public MarketFeatures Market { get; }

    /// <summary>What a buy-till-you-die model expects.</summary>
    public ValueForecast Forecast { get; }

    /// <summary>What the categories of the store cost.</summary>
    public CategoryPrices Prices { get; }

    /// <summary>How the customer buys.</summary>
    internal PurchasePattern Purchases { get; }

    /// <summary>What the customer did lately.</summary>
    internal BehaviourPattern Behaviour { get; }

    /// <summary>Events of some kinds, over all time.</summary>
    internal double Count(params ReadOnlySpan<EventKind> kinds)
    {
        var count = 0;
        foreach (var kind in kinds)
        {
            count += Customer.Counts.GetValueOrDefault(kind);
        }

        return count;
    }

    /// <summary>Whole days from a day to this one.</summary>
    internal int Since(DateOnly day) => AsOf.DayNumber - day.DayNumber;
}
