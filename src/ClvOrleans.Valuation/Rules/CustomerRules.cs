using System.Collections.Immutable;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Segments;
using static ClvOrleans.Valuation.Rules.RuleExpressions;

namespace ClvOrleans.Valuation.Rules;

/// <summary>
/// What rules may ask of a store's customers: the estimate, the past, days, categories, counts of events, and the features of models.
/// </summary>
public static class CustomerRules
{
    private const double Millionths = 1e6;

    /// <summary>The schema of a store that keeps this currency.</summary>
    public static RuleSchema<CustomerFacts> For(Currency currency) => new(currency, [.. Fields, .. FeatureFields], Functions);

    private static ImmutableArray<RuleField<CustomerFacts>> Fields { get; } =
    [
        Moving("predictedValue", "Predicted value within the horizon", OfMoney<CustomerFacts>(c => Minor(c.Contribution.Sums.Predicted))),
        new("historicValue", "Value of the past, net of refunds", OfMoney<CustomerFacts>(c => Minor(c.Contribution.Sums.Historic))),
        new("historicMargin", "Margin of the past", OfMoney<CustomerFacts>(c => Minor(c.Contribution.Sums.HistoricMargin))),
        Moving("revenueAtRisk", "Value if they have not left, times the probability that they have", OfMoney<CustomerFacts>(AtRisk)),
        Moving("pAlive", "The probability of not having left for good; not known before a purchase", OfNumber<CustomerFacts>(Alive)),
        Moving("expectedPurchaseDays", "Expected days with a purchase within the horizon", OfNumber<CustomerFacts>(ExpectedDays)),
        new("orders", "Orders that count", OfNumber<CustomerFacts>(c => c.Contribution.Sums.Orders)),
        Moving("lifecycle", "prospect, new, active, cooling, at-risk or lost", OfText<CustomerFacts>(LifecycleOf)),
        new("kind", "customer for one known by a user id, visitor for an anonymous one", OfText<CustomerFacts>(KindOf)),
        Moving("today", "Today, by the store's calendar", OfTime<CustomerFacts>(c => c.Today)),
        new("firstSeen", "Day of the first event", OfTime<CustomerFacts>(c => c.Summary.FirstSeen)),
        new("lastSeen", "Day of the latest event", OfTime<CustomerFacts>(c => c.Summary.LastSeen)),
        new("firstPurchase", "Day of the first purchase", OfTime<CustomerFacts>(c => c.Summary.PurchaseDays is [var d, ..] ? d.Day : null)),
        new("lastPurchase", "Day of the last purchase", OfTime<CustomerFacts>(c => c.Summary.PurchaseDays is [.., var d] ? d.Day : null)),
        new("categories", "Categories bought", OfSet<CustomerFacts>(c => c.Categories)),
    ];

    // A name of a field above is not offered again; money per week is an amount too.
    private static ImmutableArray<RuleField<CustomerFacts>> FeatureFields { get; } =
    [
        .. from feature in FeatureCatalogue.All
           where feature.Group is not (FeatureGroup.Market or FeatureGroup.BuyTillYouDie) && !Fields.Any(f => f.Name == feature.Name)
           select Moving(feature.Name, MeaningOf(feature), ReaderOf(feature)),
    ];

    private static ImmutableArray<RuleFunction<CustomerFacts>> Functions { get; } =
    [
        new("count", "How often an event happened, such as count('ProductViewed')", CountOf),
    ];

    private static RuleField<CustomerFacts> Moving(string name, string meaning, RuleExpression<CustomerFacts> expression) =>
        new(name, meaning, expression) { MovesWithTime = true };

    private static double Minor(Money money) => (double)money.Minor;

    private static double AtRisk(CustomerFacts customer) => Minor(customer.Contribution.Sums.AtRisk);

    private static string KindOf(CustomerFacts customer) => customer.Kind == CustomerKind.Customer ? "customer" : "visitor";

    private static double Alive(CustomerFacts customer) =>
        customer.Contribution is { Cell.Lifecycle: not Lifecycle.Prospect, Sums.Alive: var alive } ? alive / Millionths : double.NaN;

    private static double ExpectedDays(CustomerFacts customer) => (double)customer.Contribution.Sums.ExpectedOrders / Millionths;

    private static string? LifecycleOf(CustomerFacts customer) =>
        customer.Contribution.Cell is { } cell ? SegmentNames.Format(cell.Lifecycle) : null;

    private static string MeaningOf(Feature feature) => feature.Unit.Length == 0 ? feature.Meaning : $"{feature.Meaning} ({feature.Unit})";

    private static RuleExpression<CustomerFacts> ReaderOf(Feature feature) => feature.Unit.StartsWith("money", StringComparison.Ordinal)
        ? OfMoney<CustomerFacts>(c => c.Read(feature))
        : OfNumber<CustomerFacts>(c => c.Read(feature));

    private static RuleExpression<CustomerFacts> CountOf(string name) =>
        Enum.TryParse<EventKind>(name, out var kind) && kind.ToString() == name
            ? OfNumber<CustomerFacts>(c => c.Summary.Counts.GetValueOrDefault(kind))
            : throw new FormatException($"There is no kind of event '{name}'. There are {string.Join(", ", Enum.GetNames<EventKind>())}.");
}
