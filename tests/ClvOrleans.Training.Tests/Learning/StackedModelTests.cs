using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Tests.Backtests;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Market;
using ClvOrleans.Valuation.Models;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class StackedModelTests
{
    private static readonly StoreHistory Past = TrainedStores.Of("made").Past;
    private static readonly ForecastTask Task = new(ValueKind.Net, Past.Store.Horizon);
    private static readonly string[] Expectations =
        [.. FeatureCatalogue.All.Where(f => f.Group == FeatureGroup.BuyTillYouDie).Select(f => f.Name)];

    private static readonly StoreSettings Undiscounted = Past.Store with { AnnualDiscountRate = 0 };
    // Whether it is promoted or not.
    private static readonly ModelVersion Ensemble = TrainedStores.Of("made").Versions.Single(v => v.Family == StackedModel.Family);

    [Fact]
    public void The_ensemble_names_the_data_that_it_has_seen()
    {
        var ensemble = Ensemble;

        Assert.Equal(("ensemble-1", "ensemble", Past.End), (ensemble.Id, ensemble.Family, ensemble.DataUntil));
        Assert.Equal(["boosted-tweedie", "boosted-two-part", "corrected-btyd", "pareto-nbd"], ensemble.Parameters.Keys);
        Assert.Equal(1, ensemble.Parameters.Values.Sum(), 1e-9);
        Assert.NotNull(ensemble.Holdout?.Gini);
    }

    [Fact]
    public void A_version_of_the_earlier_family_name_opens_as_an_ensemble() =>
        Assert.IsType<StackedModel>(ValueModels.Open(Ensemble with { Id = "pooled-1", Family = "pooled" }));

    [Fact]
    public void A_training_tells_each_model_as_its_turn_comes_and_can_be_stopped_there()
    {
        var stages = new List<string>();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(
            () => new ChampionTrainer(1, DateTimeOffset.UnixEpoch, Enter, _ => { }, stop.Token).Train(Past));

        Assert.StartsWith("Learning boosted-two-part from ", stages[^1], StringComparison.Ordinal);
        Assert.Contains(stages, s => s.StartsWith("Learning corrected-btyd from ", StringComparison.Ordinal));

        void Enter(string stage)
        {
            stages.Add(stage);
            if (stage.Contains("boosted-two-part", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void A_live_value_is_the_forecast_of_a_backtest_bit_for_bit()
    {
        // Money is whole minor units: the forecast of the backtest is rounded once, as the live value is.
        var (value, _) = ForecastModels.Stacked.Learn(Past, Task);
        var forecasts = new LearnedForecaster(value, Past, Task.Horizon, ForecastModels.Find(["bg-nbd"])[0].Fit(Past, Task), "")
            .Forecast(Past.Buyers);
        var live = ValueModels.Open(Ensemble);

        Assert.All(Past.Buyers.Zip(forecasts), c => Assert.Equal(
            new Money((long)Math.Round(c.Second.Value)),
            live.Estimate(c.First.Summary, MarketCalendar.Empty, Undiscounted, Past.End, Task.Horizon).Value));
    }

    [Fact]
    public void Batches_and_single_customers_get_the_same_features_bit_for_bit()
    {
        var set = TrainingSet.Of(Past, Task, SeasonFit.Of(Past));
        var window = set.Windows[0];
        var before = Past.Until(window.Cutoff);
        var maker = FeatureFit.Of(before, Task.Value, SeasonFit.Of(Past));
        var one = new double[FeatureCatalogue.All.Length];
        for (var i = 0; i < before.Buyers.Length; i++)
        {
            maker.Write(before.Buyers[i].Summary, window.Cutoff, set.Horizon, MarketCalendar.Empty.At(window.Cutoff), one);
            Assert.Equal(
                set.Rows.FeaturesOf(i).ToArray().Select(BitConverter.DoubleToInt64Bits), one.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Fact]
    public void What_is_kept_reads_back_bit_for_bit()
    {
        var body = LearnedBody.FromBytes(Ensemble.Body.Span);
        var (value, market) = (LearnedBody.FromBytes(body.ToBytes()).Value, MarketCalendar.Empty.At(Past.End));

        Assert.Equal(Ensemble.Body.ToArray(), body.ToBytes());
        Assert.All(Past.Buyers, c => Assert.Equal(
            BitConverter.DoubleToInt64Bits(body.Value.Forecast(c.Summary, market, Past.End, Task.Horizon).Value),
            BitConverter.DoubleToInt64Bits(value.Forecast(c.Summary, market, Past.End, Task.Horizon).Value)));
    }

    [Fact]
    public void With_a_recurrent_network_a_customer_is_followed_bit_for_bit_and_the_pool_reads_back()
    {
        var stacking = new Stacking([NetworkRegression.Recurrent], withExpected: true, isLenient: false);
        var body = new LearnedBody(stacking.Learn(Past, Task).Value, LearnedBody.FromBytes(Ensemble.Body.Span).Lifetime);
        var live = new StackedModel(Ensemble with { Body = body.ToBytes() });
        StoreHistory[] pasts = [Past.Until(Shop.Day(200)), Past.Until(Shop.Day(300)), Past.Until(Shop.Day(399)), Past];
        foreach (var buyer in pasts[0].Buyers)
        {
            var trace = new RecurrentTrace();
            foreach (var past in pasts)
            {
                var customer = past.Buyers.Single(c => c.Id == buyer.Id).Summary;
                Assert.Equal(
                    live.Estimate(customer, MarketCalendar.Empty, Past.Store, past.End, Task.Horizon),
                    live.Follow(customer, MarketCalendar.Empty, Past.Store, past.End, Task.Horizon, trace));
            }

            Assert.InRange(trace.Ran, 1, 2);
        }
    }

    [Fact]
    public void Intervals_move_with_the_value_and_hold_it()
    {
        var live = ValueModels.Open(Ensemble);

        Assert.All(Past.Buyers, c =>
        {
            var forecast = live.Forecast(c.Summary, MarketCalendar.Empty, Past.Store, Past.End, Task.Horizon);
            Assert.Equal(live.Estimate(c.Summary, MarketCalendar.Empty, Past.Store, Past.End, Task.Horizon).Value, forecast.Value);
            Assert.True(forecast.Interval.Lower <= forecast.Interval.Upper && forecast.Interval.Lower >= Money.Zero);
            Assert.Equal((EstimateBasis.Trained, "ensemble-1"), (forecast.Basis, forecast.ModelVersion));
        });
    }

    [Fact]
    public void Orders_and_chances_grow_with_the_horizon_and_stay_near_those_of_the_model_beneath()
    {
        var (live, beneath) = (ValueModels.Open(Ensemble), LearnedBody.FromBytes(Ensemble.Body.Span).Value.Features);
        int[] days = [7, 30, 91, 200, 365, 730];
        Assert.All(Past.Buyers, c =>
        {
            var ahead = days.Select(d => live.Estimate(c.Summary, MarketCalendar.Empty, Past.Store, Past.End, new Horizon(d))).ToArray();
            Assert.All(ahead.Zip(ahead.Skip(1)), p => Assert.True(
                p.First.ExpectedOrders <= p.Second.ExpectedOrders && p.First.ProbabilityOfNoOrder >= p.Second.ProbabilityOfNoOrder,
                $"{p}"));
            Assert.All(ahead, e => Assert.InRange(e.ProbabilityAlive, 0, 1));
        });
        Assert.All(days.Select(d => new Horizon(d)), horizon => Assert.InRange(
            Past.Buyers.Sum(c => live.Estimate(c.Summary, MarketCalendar.Empty, Past.Store, Past.End, horizon).ExpectedOrders)
                / Past.Buyers.Sum(c => beneath.Forecast(c.Summary, Past.End, horizon).ExpectedOrders),
            .9, 1.1));
    }

    [Fact]
    public void The_next_order_comes_when_the_chance_of_one_says_so()
    {
        var live = ValueModels.Open(Ensemble);
        Assert.All(Past.Buyers, c =>
        {
            var year = live.Forecast(c.Summary, MarketCalendar.Empty, Past.Store, Past.End, Task.Horizon);
            var next = year.NextOrder!;
            Assert.True(next.Early is null || next.Median is null || next.Early <= next.Median);
            Assert.True(year.ProbabilityOfNoOrder > .5 || next.Median is not null, $"{year}");
            if (next.Median is { } median and > 4 and < 360)
            {
                var then = live.Estimate(c.Summary, MarketCalendar.Empty, Past.Store, Past.End, new Horizon((int)Math.Round(median)));
                Assert.InRange(then.ProbabilityOfNoOrder, .45, .55);
            }
        });
    }

    [Fact]
    public void What_is_at_risk_is_what_the_lost_would_be_worth()
    {
        var live = ValueModels.Open(Ensemble);
        var all = Past.Buyers.Select(c => live.Estimate(c.Summary, MarketCalendar.Empty, Past.Store, Past.End, Task.Horizon)).ToArray();

        Assert.All(all, e => Assert.True(e.RevenueAtRisk >= Money.Zero));
        Assert.InRange(all.Sum(e => (long)e.RevenueAtRisk.Minor), 1, 3 * all.Sum(e => (long)e.Value.Minor));
    }

    [Fact]
    public void A_version_that_was_trained_before_there_was_a_doubt_opens_and_puts_no_more_at_risk_than_the_living_bring()
    {
        var body = LearnedBody.FromBytes(Ensemble.Body.Span);
        var earlier = body with { Value = body.Value with { Doubt = null } };
        var live = ValueModels.Open(Ensemble with { Body = earlier.ToBytes() });

        Assert.Null(LearnedBody.FromBytes(earlier.ToBytes()).Value.Doubt);
        Assert.All(Past.Buyers, c =>
        {
            // A year after the end P(alive) of the frequent is nothing.
            var asOf = Past.End.AddDays(365);
            var estimate = live.Estimate(c.Summary, MarketCalendar.Empty, Undiscounted, asOf, Task.Horizon);
            var maker = body.Value.Features;
            var living = maker.Living(c.Summary, asOf, Task.Horizon);
            var most = 2 * living.ExpectedOrders / (1 - living.ProbabilityOfNoOrder) * c.Summary.PurchaseDays.Max(d => (double)d.Net.Minor);

            Assert.Equal(maker.ProbabilityAlive(c.Summary, asOf), estimate.ProbabilityAlive);
            Assert.InRange(
                (double)estimate.RevenueAtRisk.Minor, 0, Math.Max(most, 2 * living.Value / (1 - living.ProbabilityOfNoOrder)) + 1);
        });
    }

    [Fact]
    public void The_doubt_raises_who_is_called_gone_and_hardly_who_is_not()
    {
        var doubt = new Doubt(.02);

        Assert.Equal((.02, .51, 1), (doubt.Alive(0), doubt.Alive(.5), doubt.Alive(1)));
        var said = new ValueForecast(.001, .003, .003, .9995, 50);
        var mixed = doubt.Of(said, new ValueForecast(1, 3, 3, .5, 50));
        Assert.Equal(.02098, mixed.ProbabilityAlive, 1e-12);
        Assert.Equal(.06294, mixed.ExpectedOrders, 1e-12);
        Assert.Equal(1 - .01049, mixed.ProbabilityOfNoOrder, 1e-12);
    }

    [Fact]
    public void Living_customers_times_their_probability_are_the_forecast()
    {
        var maker = LearnedBody.FromBytes(Ensemble.Body.Span).Value.Features;
        Assert.All(Past.Buyers, c =>
        {
            var (said, living) = (maker.Forecast(c.Summary, Past.End, Task.Horizon), maker.Living(c.Summary, Past.End, Task.Horizon));
            Assert.Equal(said.ExpectedOrders, said.ProbabilityAlive * living.ExpectedOrders, 1e-9);
            Assert.Equal(1 - said.ProbabilityOfNoOrder, said.ProbabilityAlive * (1 - living.ProbabilityOfNoOrder), 1e-9);
        });
    }

    [Fact]
    public void Who_has_bought_nothing_is_worth_nothing()
    {
        var visitor = new CustomerSummary { FirstSeen = Past.End, LastSeen = Past.End };
        var estimate = ValueModels.Open(Ensemble).Forecast(visitor, MarketCalendar.Empty, Past.Store, Past.End, Task.Horizon);

        Assert.Equal((Money.Zero, EstimateBasis.NoPurchase), (estimate.Value, estimate.Basis));
    }

    [Fact]
    public void Contributions_add_up_to_the_value_less_the_baseline_to_the_minor_unit()
    {
        var live = ValueModels.Open(Ensemble);

        Assert.All(Past.Buyers, c =>
        {
            var why = live.Explain(c.Summary, MarketCalendar.Empty, Past.Store, Past.End, Task.Horizon);
            Assert.Equal(live.Estimate(c.Summary, MarketCalendar.Empty, Past.Store, Past.End, Task.Horizon).Value, why.Value);
            Assert.Equal(why.Value - why.Baseline, why.Contributions.Aggregate(Money.Zero, (sum, part) => sum + part.Amount));
            Assert.All(why.Contributions, part => Assert.Contains(part.Input.Name, FeatureCatalogue.Names));
            Assert.All(why.Contributions, part => Assert.DoesNotContain(part.Input.Name, Expectations));
        });
    }

    [Fact]
    public void A_campaign_ahead_lifts_values_where_the_model_beneath_follows_the_market_and_one_as_usual_does_not()
    {
        // A day of a promotion in each week so far, e^.5 times as strong as others; and the same ahead, or one more.
        var body = LearnedBody.FromBytes(Ensemble.Body.Span);
        var lifetime = body.Lifetime with { MarketEffects = new MarketEffects(.5, 0, 0) };
        var live = ValueModels.Open(Ensemble with { Body = (body with { Lifetime = lifetime }).ToBytes() });
        var plain = ValueModels.Open(Ensemble);
        var week = lifetime.DataFrom!.Value;
        var usual = Enumerable.Range(0, 200)
            .Select(i => new MarketEntry($"p{i}", MarketKind.Promotion, week.AddDays(7 * i), week.AddDays(7 * i)))
            .Aggregate(MarketCalendar.Empty, (calendar, entry) => calendar.With(entry));
        var more = usual.With(new MarketEntry("more", MarketKind.Promotion, Past.End.AddDays(10), Past.End.AddDays(60)));

        Assert.All(Past.Buyers, c =>
        {
            var expected = (double)On(plain, c, usual).Value.Minor;
            Assert.Equal(expected, (double)On(live, c, usual).Value.Minor, 1 + (.02 * expected));
        });
        Assert.All(Past.Buyers, c =>
        {
            var (value, why) = (On(live, c, more).Value, live.Explain(c.Summary, more, Past.Store, Past.End, Task.Horizon));
            Assert.True((double)value.Minor >= (.99 * (double)On(plain, c, more).Value.Minor) - 1);
            Assert.Equal(
                (value, value - why.Baseline), (why.Value, why.Contributions.Aggregate(Money.Zero, (sum, part) => sum + part.Amount)));
        });
        Assert.True(
            Past.Buyers.Sum(c => (double)On(live, c, more).Value.Minor) > 1.02 * Past.Buyers.Sum(
                c => (double)On(live, c, usual).Value.Minor));

        static Estimate On(IValueModel model, AsOfSnapshot c, MarketCalendar market) =>
            model.Estimate(c.Summary, market, Past.Store, Past.End, Task.Horizon);
    }

    [Fact]
    public void Every_learned_model_explains_itself_in_full()
    {
        var set = TrainingSet.Of(Past, Task, SeasonFit.Of(Past));
        ILearner[] learners =
        [
            LinearRegression.Ordinary, LinearRegression.Penalised, new RfmScores(), new CorrectedRegression(), new TwoPartBoosting(),
            new TweedieBoosting(), NetworkRegression.PerceptronLognormal,
        ];
        var middle = set.Rows.FeaturesOf(7).ToArray();
        foreach (var learned in learners.Select(l => l.Fit(set.Rows, 1)))
        {
            for (var i = 0; i < set.Rows.Count; i += 13)
            {
                var shares = new double[LearnedInputs.Count];
                var baseline = learned.Explain(set.Rows[i], middle, shares);
                Assert.Equal(learned.Predict(set.Rows[7]), baseline);
                Assert.Equal(learned.Predict(set.Rows[i]) - baseline, shares.Sum(), 1e-9 * (1 + shares.Sum(Math.Abs)));
            }
        }
    }

    [Fact]
    public void A_middle_customer_beside_itself_has_nothing_to_explain()
    {
        var set = TrainingSet.Of(Past, Task, SeasonFit.Of(Past));
        var shares = new double[LearnedInputs.Count];
        new TweedieBoosting().Fit(set.Rows, 1).Explain(set.Rows[3], set.Rows.FeaturesOf(3), shares);

        Assert.All(shares, s => Assert.Equal(0, s));
    }

    [Fact]
    public void Browsing_is_read_and_names_are_not()
    {
        var live = ValueModels.Open(Ensemble);

        Assert.True(live.Reads(EventKind.OrderCompleted) && live.Reads(EventKind.ProductViewed));
        Assert.False(live.Reads(EventKind.Identified));
    }

    [Fact]
    public void A_body_of_other_features_is_refused()
    {
        var body = LearnedBody.FromBytes(Ensemble.Body.Span);
        var other = (body with { Columns = body.Columns.SetItem(3, "height") }).ToBytes();

        Assert.Contains(
            "other features", Assert.Throws<System.Text.Json.JsonException>(() => LearnedBody.FromBytes(other)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_is_damaged_is_refused() =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => ValueModels.Open(Ensemble with { Body = Ensemble.Body[..^9] }));
}
