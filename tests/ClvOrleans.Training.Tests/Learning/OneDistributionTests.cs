using System.Collections.Concurrent;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Models;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

/// <summary>One answer is of one predictive distribution, whatever the model, the store and the horizon.</summary>
public sealed class OneDistributionTests
{
    private const double Rounded = 1e-9;
    private static readonly int[] Silences = [60, 200, 420];
    private static readonly int[] Days = [1, 7, 30, 91, 200, 365, 730];
    private static readonly ConcurrentDictionary<ModelVersion, FeatureMaker> Features = new(ReferenceEqualityComparer.Instance);

    public static TheoryData<string> Names => [.. TrainedStores.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_value_is_orders_times_a_spend_per_order_that_was_paid(string name)
    {
        foreach (var (past, model, customer) in Sample(name))
        {
            var store = past.Store with { AnnualDiscountRate = 0 };
            var estimate = model.Estimate(customer, MarketCalendar.Empty, store, past.End, store.Horizon);
            if (estimate.ExpectedOrders == 0)
            {
                Assert.Equal(Money.Zero, estimate.Value);
                continue;
            }

            var perOrder = (double)estimate.Value.Minor / estimate.ExpectedOrders;
            var (least, most) = PaidBy(past, customer);
            var rounding = 1 / estimate.ExpectedOrders;

            Assert.True(
                perOrder >= least - rounding && perOrder <= most + rounding,
                $"{model.Version.Id}: {perOrder} an order, where {least} to {most} was paid: {estimate}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Orders_chances_and_the_next_order_agree_at_every_horizon(string name)
    {
        foreach (var (past, model, customer) in Sample(name))
        {
            var near = 100 * Tolerance(model);
            Estimate? shorter = null;
            foreach (var horizon in Days.Select(d => new Horizon(d)))
            {
                var estimate = model.Estimate(customer, MarketCalendar.Empty, past.Store, past.End, horizon);
                var buys = 1 - estimate.ProbabilityOfNoOrder;
                Assert.True(estimate.ExpectedOrders >= buys - Tolerance(model), $"{model.Version.Id}: {estimate}");
                Assert.True(estimate.ProbabilityAlive >= buys - Tolerance(model), $"{model.Version.Id}: {estimate}");
                Assert.Equal(shorter?.ProbabilityAlive ?? estimate.ProbabilityAlive, estimate.ProbabilityAlive, Rounded);
                Assert.True(
                    buys >= 1 - (shorter?.ProbabilityOfNoOrder ?? 1) - Tolerance(model),
                    $"{model.Version.Id}: {shorter} and then {estimate}");
                shorter = estimate;
            }

            var next = model.Forecast(customer, MarketCalendar.Empty, past.Store, past.End, past.Store.Horizon).NextOrder!;
            foreach (var (probability, days) in new[] { (.1, next.Early), (.5, next.Median), (.9, next.Late) })
            {
                // The probability passes it on that day and not before; where there is none, it has not within the longest horizon.
                if (days is { } day and > 1 and < 3_000)
                {
                    var (before, after) = (Buys((int)Math.Floor(day)), Buys((int)Math.Ceiling(day)));
                    Assert.True(
                        after >= probability - near && before <= probability + near,
                        $"{model.Version.Id}: {before} to {after} by {day} for {probability}");
                }
                else if (days is null)
                {
                    var buys = Buys(3_640);
                    Assert.True(buys < probability + near, $"{model.Version.Id}: {buys} within ten years, but not {probability}");
                }
            }

            double Buys(int within) =>
                1 - model.Estimate(customer, MarketCalendar.Empty, past.Store, past.End, new Horizon(within)).ProbabilityOfNoOrder;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Silence_never_raises_the_probability_of_being_alive(string name)
    {
        foreach (var (past, model, customer) in Sample(name))
        {
            var last = 1.0;
            for (var silent = 0; silent < 800; silent += 37)
            {
                var alive = model.Estimate(
                    customer, MarketCalendar.Empty, past.Store, past.End.AddDays(silent), past.Store.Horizon).ProbabilityAlive;
                Assert.True(alive <= last + Rounded, $"{model.Version.Id}: {last} and then {alive}");
                last = alive;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_order_lowers_a_value_by_no_more_than_its_spend_tells(string name)
    {
        var least = new Dictionary<string, double>();
        foreach (var (past, model, customer) in Sample(name))
        {
            if (customer.PurchaseDays[^1].Day == past.End)
            {
                continue;
            }

            // An order as its mean tells nothing of the spend.
            var usual = new PurchaseDay(past.End, 1, Mean(customer), Mean(customer), Mean(customer));
            var after = customer with { PurchaseDays = customer.PurchaseDays.Add(usual), LastSeen = past.End };
            var (was, now) = (Of(customer), Of(after));
            var kept = was.ExpectedOrders > .01 ? now.ExpectedOrders / was.ExpectedOrders : 1;
            least[model.Version.Family] = Math.Min(kept, least.GetValueOrDefault(model.Version.Family, 1));

            Estimate Of(CustomerSummary one) => model.Estimate(one, MarketCalendar.Empty, past.Store, past.End, past.Store.Horizon);
        }

        Assert.All(least, l => Assert.True(l.Value >= LeastKept(l.Key), $"{l.Key}: an order left {l.Value} of the expected orders"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whoever_buys_at_all_buys_about_as_often_as_the_living_do(string name)
    {
        foreach (var (past, model, customer) in Sample(name))
        {
            foreach (var horizon in Days.Select(d => new Horizon(d)).Where(h => h.Days <= past.Store.Horizon.Days))
            {
                var estimate = model.Estimate(customer, MarketCalendar.Empty, past.Store, past.End, horizon);
                var buys = 1 - estimate.ProbabilityOfNoOrder;
                if (buys < 1e-12)
                {
                    // What is left of 1 - P(no order) is rounding.
                    Assert.InRange(estimate.ExpectedOrders, 0, 1e-6);
                    continue;
                }

                var most = Oftener(model) * MostOfTheLiving(model, customer, past.End, horizon);
                Assert.True(
                    estimate.ExpectedOrders >= buys - Tolerance(model) && estimate.ExpectedOrders <= (most * buys) + Tolerance(model),
                    $"{model.Version.Id}: {estimate.ExpectedOrders / buys} orders of who buys, where at most {most} are "
                        + $"plausible: {estimate}");
                Assert.True(
                    estimate.ExpectedOrders <= (most * estimate.ProbabilityAlive) + Tolerance(model),
                    $"{model.Version.Id}: {estimate}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nobody_puts_more_at_risk_than_they_would_bring_if_alive(string name)
    {
        foreach (var (past, model, customer) in Sample(name))
        {
            var horizon = past.Store.Horizon;
            var estimate = model.Estimate(customer, MarketCalendar.Empty, past.Store, past.End, horizon);
            var most = Oftener(model) * MostOfTheLiving(model, customer, past.End, horizon) * PaidBy(past, customer).Most;
            Assert.True(
                (double)estimate.RevenueAtRisk.Minor <= ((1 - estimate.ProbabilityAlive) * most) + 1,
                $"{model.Version.Id}: {estimate.RevenueAtRisk} at risk, where a living customer brings at most {most}: {estimate}");
        }
    }

    // One order, and those after it at the rate of who has bought once more and never leaves: the gamma rate's mean after x + 1 orders,
    // which is more than any buy-till-you-die model expects of a living customer who buys within the horizon.
    private static double MostOfTheLiving(IValueModel model, CustomerSummary customer, DateOnly asOf, Horizon horizon)
    {
        if (!StackedModel.Is(model.Version.Family))
        {
            return Most(
                LifetimeModels.Create(model.Version.Family, model.Version.Parameters), customer.HistoryAt(asOf)!.Value, horizon.Weeks);
        }

        // The two populations of the seasonal clock, each of which may be the customer's.
        var features = Features.GetOrAdd(model.Version, v => LearnedBody.FromBytes(v.Body.Span).Value.Features);
        var (history, weeks) = (features.Clock.HistoryOf(customer, asOf), features.Clock.Weeks(asOf, asOf.AddDays(horizon.Days)));
        var one = Most(LifetimeModels.Create(features.Family, features.Parameters), history, weeks);
        return features.FirstSeen is { } seen ? Math.Max(one, Most(seen.ModelOf(seen.GroupOf(customer)), history, weeks)) : one;

        static double Most(ILifetimeModel model, PurchaseHistory h, double weeks) =>
            1 + (((model.Parameters["r"] / K(model)) + h.Repeats + 2) * weeks / (model.Parameters["alpha"] + h.Observed));

        static double K(ILifetimeModel model) => model.Parameters.GetValueOrDefault("k", 1);
    }

    // How many times as many orders as beneath an ensemble may expect of who buys.
    private static double Oftener(IValueModel model) => StackedModel.Is(model.Version.Family) ? 2 : 1;

    // In Pareto/NBD an order is one more and no risk. Elsewhere it may be the last, or of a regular customer the one that was due, or trees
    // may step: loose bounds that a step beyond the ordinary breaks.
    private static double LeastKept(string family) => family switch
    {
        "pareto-nbd" => 1 - Rounded,
        "bg-nbd" or "mbg-nbd" => .9,
        _ => .5,
    };

    private static Money Mean(CustomerSummary customer) =>
        Money.Rounded(customer.PurchaseDays.Average(d => (double)d.Net.Minor));

    // Moment-matched counts of the closed forms are exact to so much (docs/model.md).
    private static double Tolerance(IValueModel model) =>
        model.Version.Family.StartsWith("mbg-cnbd", StringComparison.Ordinal) ? 3e-4 : 1e-5;

    private static (double Least, double Most) PaidBy(StoreHistory past, CustomerSummary customer)
    {
        var own = customer.PurchaseDays.Select(d => (double)d.Net.Minor).Where(v => v > 0).ToArray();
        var all = past.Buyers.SelectMany(c => c.Summary.PurchaseDays).Select(d => (double)d.Net.Minor).Where(v => v > 0).ToArray();
        return (own.Append(all.Min()).Min(), own.Append(all.Max()).Max());
    }

    private static IEnumerable<(StoreHistory Past, IValueModel Model, CustomerSummary Customer)> Sample(string name)
    {
        var (past, versions) = TrainedStores.Of(name);
        IValueModel[] models = [.. versions.Append(PriorModel.Version).Select(ValueModels.Open)];
        var every = Math.Max(1, past.Buyers.Length / 60);
        var some = past.Buyers.Where((_, i) => i % every == 0).Select(c => c.Summary);
        var frequent = past.Buyers.Select(c => c.Summary).OrderByDescending(c => c.PurchaseDays.Length).Take(6);
        CustomerSummary[] sample = [.. some, .. frequent.SelectMany(c => Silences.Select(silent => Aged(c, silent)))];
        return models.SelectMany(model => sample.Select(customer => (past, model, customer)));
    }

    // The same customer, who has been silent for so much longer.
    private static CustomerSummary Aged(CustomerSummary customer, int days) => customer with
    {
        PurchaseDays = [.. customer.PurchaseDays.Select(d => d with { Day = d.Day.AddDays(-days) })],
        FirstSeen = customer.FirstSeen.AddDays(-days),
        LastSeen = customer.LastSeen.AddDays(-days),
    };
}
