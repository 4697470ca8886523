using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Lifetime;
using Xunit;

namespace ClvOrleans.Simulation.Tests;

/// <summary>
/// The simulated customers follow the process that they are said to follow, within four standard deviations of its own chance.
/// </summary>
public sealed class KnownProcessTests
{
    private const int Customers = 2_000;
    private static readonly SimulatedStore Moved = Simulated.Store(Customers);
    private static readonly SimulatedStore Calm = Simulated.Store(Customers, process: Simulated.Calm);

    [Fact]
    public void As_many_are_still_there_as_Pareto_says()
    {
        var (process, end) = (Moved.Options.Process, Moved.Options.End);
        var alive = Moved.Truth().Select(t => process.ProbabilityAlive((end - t.FirstOrderAt).TotalDays / 7)).ToList();
        var deviation = Simulated.Deviation(Moved.Truth().Count(t => t.LeavesAt > end), alive.Sum(), alive.Sum(p => p * (1 - p)));
        Assert.InRange(deviation, -Simulated.Bound, Simulated.Bound);
    }

    [Fact]
    public void Purchase_rates_are_gamma()
    {
        var process = Moved.Options.Process;
        var deviation = Simulated.Deviation(
            Moved.Truth().Sum(t => t.OrdersPerWeek), Customers * process.R / process.Alpha,
            Customers * process.R / (process.Alpha * process.Alpha));
        Assert.InRange(deviation, -Simulated.Bound, Simulated.Bound);
    }

    // Given the rates and lifetimes the number of repeat orders is Poisson: its variance is its mean.
    [Fact]
    public void Customers_order_at_their_own_rate_times_the_market_until_they_leave()
    {
        var expected = ExpectedOrders(new StoreMarket(Moved.Options.Process), _ => true);
        var deviation = Simulated.Deviation(Moved.Orders().Count - Customers, expected, expected);
        Assert.InRange(deviation, -Simulated.Bound, Simulated.Bound);
    }

    [Theory]
    [InlineData(MarketKind.Promotion)]
    [InlineData(MarketKind.Season)]
    [InlineData(MarketKind.Competitor)]
    public void Promotions_seasons_and_competitors_move_the_orders_as_stated_and_visibly(MarketKind kind)
    {
        var market = new StoreMarket(Moved.Options.Process);
        var first = Moved.Truth().Select(t => (t.UserId, t.FirstOrderAt)).ToHashSet();
        var observed = Moved.Orders().Count(o => !first.Contains((o.Customer, o.At)) && IsIt(DateOnly.FromDateTime(o.At.UtcDateTime)));
        var (stated, unmoved) = (ExpectedOrders(market, IsIt), ExpectedOrders(new StoreMarket(Simulated.Calm), IsIt));
        Assert.InRange(Simulated.Deviation(observed, stated, stated), -Simulated.Bound, Simulated.Bound);
        Assert.True(Math.Abs(Simulated.Deviation(observed, unmoved, unmoved)) > Simulated.Bound);

        bool IsIt(DateOnly day)
        {
            var features = market.At(day);
            return (kind switch
            {
                MarketKind.Promotion => features.Promotion,
                MarketKind.Season => features.Season,
                _ => features.Competitor,
            }) > 0;
        }
    }

    // Whether a customer takes coupons is uniform between customers, so that half of their first orders in a promotion have one.
    [Fact]
    public void Coupons_of_promotions_are_used_on_their_days_and_lower_the_price()
    {
        var market = new StoreMarket(Moved.Options.Process);
        var orders = Moved.Orders()
            .Select(o => (o.Customer, Promotion: market.PromotionOn(DateOnly.FromDateTime(o.At.UtcDateTime)), o.Facts)).ToList();
        Assert.All(orders.Where(o => o.Facts.Coupon is not null and not "WELCOME10"), o =>
        {
            Assert.Equal(o.Promotion!.Id.ToUpperInvariant(), o.Facts.Coupon);
            var subtotal = (double)o.Facts.Value!.Value.Minor + (double)o.Facts.Discount!.Value.Minor;
            Assert.Equal(o.Promotion.Strength * subtotal, (double)o.Facts.Discount.Value.Minor, 1.0);
        });
        var firsts = orders.Where(o => o.Promotion is not null).GroupBy(o => o.Customer).Select(g => g.First()).ToList();
        var used = firsts.Count(o => o.Facts.Coupon is not null and not "WELCOME10");
        Assert.InRange(Simulated.Deviation(used, firsts.Count / 2.0, firsts.Count / 4.0), -Simulated.Bound, Simulated.Bound);
    }

    // Given ν the value of an order is gamma(p, ν): mean p / ν, variance p / ν².
    [Fact]
    public void Orders_are_worth_what_Gamma_Gamma_says()
    {
        var mean = Moved.Truth().ToDictionary(t => t.UserId, t => t.MeanOrderValue);
        var orders = Moved.Orders();
        var deviation = Simulated.Deviation(
            orders.Sum(o => (double)o.Facts.Value!.Value.Minor / 100.0),
            orders.Sum(o => mean[o.Customer]),
            orders.Sum(o => mean[o.Customer] * mean[o.Customer] / Moved.Options.Process.P));
        Assert.InRange(deviation, -Simulated.Bound, Simulated.Bound);
    }

    // Wilks: twice the gain of the fit over the truth is chi-square with 4 degrees of freedom; 23.5 is its 99.99 % quantile.
    [Fact]
    public void The_model_fitted_to_the_events_of_a_calm_market_is_the_process()
    {
        var process = Calm.Options.Process;
        var truth = new ParetoNbd(process.R, process.Alpha, process.S, process.Beta);
        var end = Simulated.Settings.DayOf(Calm.Options.End);
        var histories = Calm.History().Where(e => e.Name == "Order Completed").Select(e => e.Read())
            .GroupBy(e => e.Subject, e => e.Event)
            .Select(g => CustomerSummary.Of(CustomerState.Fold(g, Simulated.Settings), Simulated.Settings).HistoryAt(end)!.Value)
            .ToList();
        var fitted = LifetimeModels.Fit("pareto-nbd", histories, FitOptions.MaximumLikelihood).Report;
        Assert.InRange(2 * (fitted.LogLikelihood - histories.Sum(truth.LogLikelihood)), 0, 23.5);
    }

    // The sum over the customers of their rate times the weeks of market on such days between first order and leaving.
    private static double ExpectedOrders(StoreMarket market, Func<DateOnly, bool> counts) => Moved.Truth().Sum(t =>
    {
        var end = t.LeavesAt < Moved.Options.End ? t.LeavesAt : Moved.Options.End;
        var weeks = 0.0;
        for (var day = DateOnly.FromDateTime(t.FirstOrderAt.UtcDateTime); Midnight(day) < end; day = day.AddDays(1))
        {
            if (counts(day))
            {
                var (from, to) = (Midnight(day), Midnight(day.AddDays(1)));
                weeks += market.Weeks(from > t.FirstOrderAt ? from : t.FirstOrderAt, to < end ? to : end);
            }
        }

        return t.OrdersPerWeek * weeks;
    });

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
