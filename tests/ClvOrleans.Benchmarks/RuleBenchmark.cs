using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Rules;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Benchmarks;

/// <summary>A rule of ten comparisons that all have to be made, beside the same comparisons written in C#.</summary>
internal static class RuleBenchmark
{
    private const string Text = """
        orders > 1 and predictedValue >= 0 and historicValue > 10 and lifecycle = 'active' and kind = 'customer' and today > firstSeen
        and lastSeen >= firstSeen and 'shoes' in categories and expectedPurchaseDays < 100 and count('ProductViewed') = 0
        """;

    /// <summary>Prints the microseconds of both.</summary>
    public static void Run()
    {
        var currency = Currency.Of("USD");
        var today = new DateOnly(2026, 1, 31);
        var summary = new CustomerSummary
        {
            FirstSeen = today.AddDays(-100),
            LastSeen = today,
            Bought = [new CategorySpend("shoes", 1, new Money(100))],
        };
        var sums = new SegmentSums(1, 5, new Money(5_000), new Money(5_000), default, new Money(5_000), default, 5_000_000, 1_000_000);
        var contribution = new Contribution(1, today, 1, new SegmentCell(Lifecycle.Active, 4), sums);
        var facts = new CustomerFacts(
            CustomerId.OfUser(new StoreId("shop"), "anna"), summary, contribution, today,
            new StoreSettings { Id = new StoreId("shop"), Currency = currency });
        var rule = CustomerRules.For(currency).Parse(Text);
        var compiled = Clock.Median(_ => rule.Holds(facts) ? 1 : float.NaN);
        var plain = Clock.Median(_ => Holds(facts) ? 1 : float.NaN);
        Console.WriteLine(FormattableString.Invariant($"a rule of ten comparisons: {compiled:F3} us; in C# {plain:F3} us"));
    }

    private static bool Holds(CustomerFacts facts) =>
        facts.Contribution.Sums is
        { Orders: > 1, Predicted.Minor: var predicted, Historic.Minor: var historic, ExpectedOrders: var expected }
        && predicted >= 0 && historic > 1_000 && expected < 100_000_000
        && facts.Contribution.Cell!.Value.Lifecycle == Lifecycle.Active && facts.Customer.Kind == CustomerKind.Customer
        && facts.Today > facts.Summary.FirstSeen && facts.Summary.LastSeen >= facts.Summary.FirstSeen
        && facts.Categories.Contains("shoes") && !facts.Summary.Counts.ContainsKey(Domain.Events.EventKind.ProductViewed);
}
