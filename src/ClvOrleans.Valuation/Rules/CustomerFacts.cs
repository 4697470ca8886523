using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Valuation.Rules;

/// <summary>What rules read of a customer: the row of the read model, as of a day.</summary>
/// <param name="kind">Whether the customer is known by a user id.</param>
/// <param name="summary">The customer, as models read them.</param>
/// <param name="contribution">Their estimate and lifecycle.</param>
/// <param name="today">The day of the store's calendar.</param>
/// <param name="store">The store.</param>
public sealed class CustomerFacts(
    CustomerKind kind, CustomerSummary summary, Contribution contribution, DateOnly today, StoreSettings store)
{
    private static readonly MarketFeatures NoMarket = new(0, 0, 0);
    private readonly Lazy<FeatureInput?> _features = new(() => FeaturesOf(summary, today, store), LazyThreadSafetyMode.None);
    private ImmutableHashSet<string>? _categories;

    /// <summary>Whether the customer is known by a user id.</summary>
    public CustomerKind Kind => kind;

    /// <summary>The customer, as models read them.</summary>
    public CustomerSummary Summary => summary;

    /// <summary>Their estimate and lifecycle.</summary>
    public Contribution Contribution => contribution;

    /// <summary>The day.</summary>
    public DateOnly Today => today;

    /// <summary>The categories bought.</summary>
    public IReadOnlySet<string> Categories => _categories ??= [.. summary.Bought.Select(b => b.Category)];

    /// <summary>A feature of the catalogue; not a number for those who have not bought.</summary>
    internal double Read(Feature feature) => _features.Value is { } input ? feature.Read(input) : double.NaN;

    // Features of the market and of buy-till-you-die models are not offered to rules, so that nothing reads what is left out here.
    private static FeatureInput? FeaturesOf(CustomerSummary summary, DateOnly today, StoreSettings store) => summary.PurchaseDays.IsEmpty
        ? null
        : new FeatureInput(summary, summary.DayToEstimate(today), store.Horizon, NoMarket, default);
}
