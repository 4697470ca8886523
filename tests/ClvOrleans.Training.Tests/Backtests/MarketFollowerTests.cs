using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Valuation.Market;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>Models that follow the market, on a simulated store whose seasons, promotions and competitors move purchases.</summary>
public sealed class MarketFollowerTests
{
    private static readonly DateOnly Cutoff = new(2025, 9, 30);
    private static readonly DateOnly End = new(2025, 12, 31);
    private static readonly ForecastTask Task = new(ValueKind.Gross, new Horizon(End.DayNumber - Cutoff.DayNumber));
    private static readonly MarketCalendar Calendar =
        Simulated.Store().MarketUntil(2026).Aggregate(MarketCalendar.Empty, (calendar, entry) => calendar.With(entry));

    private static readonly Lazy<StoreHistory> Store = new(() => Read(Calendar));

    [Theory]
    [InlineData("bg-nbd")]
    [InlineData("mbg-nbd")]
    public void Before_Christmas_they_know_that_it_comes(string family)
    {
        var rows = Backtest.Run(Store.Value, Cutoff, ForecastModels.Find([family, $"{family}-market"], Calendar)).Rows;
        var (plain, market) = (rows[0].Score!, rows[1].Score!);

        Assert.Equal($"{family}-market", rows[1].Model);
        Assert.True(plain.Bias < -.2, $"without the market the bias is {plain.Bias}");
        Assert.InRange(market.Bias!.Value, -.1, .1);
        Assert.True(market.LogScore > plain.LogScore + .01, $"{plain.LogScore} became {market.LogScore}");
        Assert.Equal(3, market.Coverage.Length);
    }

    [Fact]
    public void Expected_orders_are_those_of_the_model_in_effective_time()
    {
        var past = Store.Value.Until(Cutoff);
        var days = past.Buyers.Select(c => c.Summary.PurchaseDays.Select(d => d.Day).ToArray()).ToArray();
        var model = MarketModels.Fit("mbg-nbd", days, Cutoff, past.Market).Model;
        var forecasts = ForecastModels.Find(["mbg-nbd-market"])[0].Fit(past, Task).Forecast(past.Buyers);

        for (var i = 0; i < days.Length; i += 10)
        {
            var expected = model.ExpectedPurchases(days[i], past.Market, Cutoff, End);
            Assert.Equal(expected, forecasts[i].Orders, 1e-5 * expected);
            Assert.Equal(model.ProbabilityAlive(days[i], past.Market, Cutoff), forecasts[i].Alive!.Value, 1e-9);
        }
    }

    [Fact]
    public void A_planned_promotion_raises_the_forecast_and_what_competitors_will_do_is_not_known()
    {
        var known = Orders(Calendar);
        var promoted = Orders(Calendar.With(new MarketEntry("october", MarketKind.Promotion, new(2025, 10, 1), new(2025, 10, 20), .2)));
        var attacked = Orders(Calendar.With(new MarketEntry("rival", MarketKind.Competitor, new(2025, 10, 1), new(2025, 12, 20))));

        Assert.All(known.Zip(promoted), f => Assert.True(f.Second > f.First));
        Assert.Equal(known, attacked);
        Assert.DoesNotContain(
            Read(Calendar.With(new MarketEntry("rival", MarketKind.Competitor, new(2025, 10, 1), new(2025, 12, 20))))
                .Until(Cutoff).Market.Entries,
            e => e.Key == "rival");

        static double[] Orders(MarketCalendar calendar)
        {
            var past = Read(calendar).Until(Cutoff);
            return [.. ForecastModels.Find(["mbg-nbd-market"])[0].Fit(past, Task).Forecast(past.Buyers).Select(f => f.Orders)];
        }
    }

    [Fact]
    public void Without_a_calendar_they_are_not_among_all_and_say_why_they_do_not_fit()
    {
        Assert.DoesNotContain(ForecastModels.Find(["all"]), m => m.Name.EndsWith("-market", StringComparison.Ordinal));
        Assert.Equal(2, ForecastModels.Find(["all"], Calendar).Count(m => m.Name.EndsWith("-market", StringComparison.Ordinal)));

        var later = MarketCalendar.Empty.With(new MarketEntry("later", MarketKind.Season, Cutoff.AddDays(1), End));
        foreach (var calendar in new[] { MarketCalendar.Empty, later })
        {
            var past = Read(calendar).Until(Cutoff);
            var refusal = Assert.Throws<FitException>(() => ForecastModels.Find(["bg-nbd-market"])[0].Fit(past, Task));
            Assert.Contains("no entry of the market calendar", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_choice_by_cuts_takes_one_where_the_market_moves_purchases()
    {
        var champion = new WalkForwardChampion([.. ForecastModels.Find(["mbg-nbd", "mbg-nbd-market"], Calendar).Take(2)])
            .Fit(Store.Value.Until(Cutoff), Task);

        Assert.StartsWith("promotion +", champion.Description, StringComparison.Ordinal);
    }

    private static StoreHistory Read(MarketCalendar calendar) => StoreHistory.Of(Events.Value, Simulated.Settings, End, calendar);

    private static readonly Lazy<List<(CustomerId, Domain.Events.CustomerEvent)>> Events = new(() =>
    [
        .. Simulated.Store(800).History().Where(e => e.Name == "Order Completed")
            .Select(e => (CustomerId.OfUser(Simulated.Settings.Id, e.UserId!), e.Read().Event)),
    ]);
}
