using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Valuation.Rules;

/// <summary>What rules read of a customer: the row of the read model, as of a day.</summary>
/// <param name="customer">The customer.</param>
/// <param name="summary">The customer, as models read them.</param>
/// <param name="contribution">Their estimate and lifecycle.</param>
/// <param name="today">The day of the store's calendar.</param>
/// <param name="store">The store.</param>
public sealed class CustomerFacts(
    CustomerId customer, CustomerSummary summary, Contribution contribution, DateOnly today, StoreSettings store)
{
    private static readonly MarketFeatures NoMarket = new(0, 0, 0);
    private readonly Lazy<FeatureInput?> _features = new(() => FeaturesOf(summary, today, store), LazyThreadSafetyMode.None);
    private ImmutableHashSet<string>? _categories;
    private ImmutableHashSet<string>? _consents;
    private IReadOnlySet<string>? _segments;

    /// <summary>The customer's id.</summary>
    public CustomerId Customer => customer;

    /// <summary>The customer, as models read them.</summary>
    public CustomerSummary Summary => summary;

    /// <summary>Their estimate and lifecycle.</summary>
    public Contribution Contribution => contribution;

    /// <summary>The day.</summary>
    public DateOnly Today => today;

    /// <summary>The categories bought.</summary>
    public IReadOnlySet<string> Categories => _categories ??= [.. summary.Bought.Select(b => b.Category)];

    /// <summary>The purposes that the customer has consented to by name.</summary>
    public IReadOnlySet<string> Consents => _consents ??= [.. summary.Consents.Where(c => c.Value.IsGranted).Select(c => c.Key)];

    /// <summary>The own segments that the customer is in: as the row says, until all watches of the store are evaluated.</summary>
    public IReadOnlySet<string> Segments
    {
        get => _segments ??= contribution.Segments.Ids.Select(s => s.Value).ToImmutableHashSet();
        internal set => _segments = value;
    }

    /// <summary>Orders, days and value of the purchases of the last days, before refunds.</summary>
    internal (int Orders, int Days, double Value) Within(int days)
    {
        var (orders, count, value) = (0, 0, 0.0);
        var bought = summary.PurchaseDays;
        for (var i = bought.Length - 1; i >= 0 && bought[i].Day.DayNumber > today.DayNumber - days; i--)
        {
            (orders, count, value) = (orders + bought[i].Orders, count + 1, value + (double)bought[i].Gross.Minor);
        }

        return (orders, count, value);
    }

    /// <summary>A feature of the catalogue; not a number for those who have not bought.</summary>
    internal double Read(Feature feature) => _features.Value is { } input ? feature.Read(input) : double.NaN;

    // Features of the market and of buy-till-you-die models are not offered to rules, so that nothing reads what is left out here.
    private static FeatureInput? FeaturesOf(CustomerSummary summary, DateOnly today, StoreSettings store) => summary.PurchaseDays.IsEmpty
        ? null
        : new FeatureInput(summary, summary.DayToEstimate(today), store.Horizon, NoMarket, default);
}
