using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Lifetime;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

public sealed class BacktestTests
{
    // Enough for every model to learn from.
    private const int Customers = 220;
    private static readonly DateOnly CalibrationEnd = Shop.Day(5);

    [Fact]
    public void A_signal_that_is_in_the_future_alone_is_not_found()
    {
        // Every buyer's later value stands in an event of the day after the calibration: whoever could read one would be perfect.
        var shop = new Shop();
        for (var i = 0; i < 50; i++)
        {
            shop.Order($"c{i:00}", i % 5, 1_000).Credit($"c{i:00}", 6, i * 7).Order($"c{i:00}", 7, 100 * (i + 1));
        }

        var spy = new Spy();
        var result = Backtest.Run(shop.Until(10), CalibrationEnd, [spy]);

        Assert.Equal(50, spy.Seen.Count);
        Assert.All(spy.Seen, c => Assert.All(c.Events, e => Assert.True(Shop.Settings.DayOf(e.At) <= CalibrationEnd)));
        Assert.All(spy.Seen, c => Assert.Equal(1, c.Summary.Orders));
        Assert.Equal(CalibrationEnd, spy.End);
        Assert.Null(result.Rows[0].Score!.Spearman);
    }

    [Fact]
    public void What_comes_after_the_calibration_changes_no_forecast()
    {
        var shop = Simulated(Customers);
        var one = Backtest.Run(shop.Until(400), Shop.Day(200), ForecastModels.Find(["all"]));
        for (var i = 0; i < Customers; i += 3)
        {
            shop.Order($"c{i:000}", 201, 1_000_000).Cancel($"c{i:000}", 202, $"first {i}");
        }

        var other = Backtest.Run(shop.Until(400), Shop.Day(200), ForecastModels.Find(["all"]));

        Assert.NotEqual(one.Outcomes, other.Outcomes);
        Assert.Equal(one.Rows.Select(r => r.Description), other.Rows.Select(r => r.Description));
        foreach (var (a, b) in one.Rows.Zip(other.Rows))
        {
            Assert.Equal(a.Forecasts.Select(f => (f.Value, f.Orders, f.Alive)), b.Forecasts.Select(f => (f.Value, f.Orders, f.Alive)));
        }
    }

    [Fact]
    public void The_same_backtest_again_gives_the_same_bits()
    {
        var (one, other) = (Run(), Run());

        Assert.Equal(one, other);

        static string Run()
        {
            using var text = new StringWriter();
            var rules = new BacktestRules { Value = ValueKind.Net };
            var result = Backtest.Run(Simulated(Customers).Until(400), Shop.Day(200), ForecastModels.Find(["all"]), rules);
            PredictionsFile.Write(text, result);
            return text.ToString();
        }
    }

    [Fact]
    public void Every_family_that_a_training_can_put_in_force_can_be_asked_for() =>
        Assert.All(LifetimeModels.Families, family => Assert.Equal(family, ForecastModels.Find([family])[0].Name));

    [Fact]
    public void Log_score_coverage_and_AUC_are_those_of_the_forecasts()
    {
        // "a" buys once for 30.00, "b" not at all.
        var whole = new Shop().Order("a", 1, 1_000).Order("b", 1, 1_000).Order("a", 7, 3_000).Until(10);
        Forecast.Interval[][] intervals = [[new(0, 2_999), new(0, 3_000), new(3_000.4, 9_000)], [new(0, 0), new(1, 2), new(0, 5)]];
        var model = new Fixed(c => new Forecast(0, c.Id.Id == "a" ? 0 : 9)
        {
            Counts = c.Id.Id == "a" ? [.5, .25, .25] : [.8, .2],
            Intervals = [.. intervals[c.Id.Id == "a" ? 0 : 1]],
        });
        var score = Backtest.Run(whole, CalibrationEnd, [model]).Rows[0].Score!;

        Assert.Equal((Math.Log(.25) + Math.Log(.8)) / 2, score.LogScore!.Value, 1e-12);
        Assert.Equal([.5, .5, 1], score.Coverage);
        Assert.Equal(1, score.RepeatAuc);
        Assert.Equal((15, -1), (score.MeanAbsoluteError, score.Bias));
    }

    [Fact]
    public void An_impossible_count_costs_much_but_not_everything()
    {
        var whole = new Shop().Order("a", 1, 1_000).Order("a", 7, 3_000).Until(10);
        var score = Backtest.Run(whole, CalibrationEnd, [new Fixed(_ => new Forecast(1, 1) { Counts = [1.0] })]).Rows[0].Score!;

        Assert.Equal(Math.Log(1e-12), score.LogScore!.Value, 1e-9);
    }

    [Fact]
    public void Naive_rules_are_what_their_names_say()
    {
        // The holdout has 5 days, and so the last window: days 1 to 5 of day 0 to 5. The mean rate has at least 28 days.
        var whole = new Shop().Order("a", 0, 2_800).Order("a", 3, 700).Order("b", 0, 100).Order("a", 8, 1).Until(10);
        var rows = Backtest.Run(whole, CalibrationEnd, ForecastModels.Naive).Rows;

        Assert.Equal(["naive: spend of the last window", "naive: mean rate", "all zero"], rows.Select(r => r.Model));
        Assert.Equal([700.0, 0], rows[0].Forecasts.Select(f => f.Value));
        Assert.Equal([3_500 * 5 / 28.0, 100 * 5 / 28.0], rows[1].Forecasts.Select(f => f.Value));
        Assert.Equal([0.0, 0], rows[2].Forecasts.Select(f => f.Value));
    }

    [Fact]
    public void A_model_that_the_data_do_not_carry_says_why_and_the_champion_is_that_of_a_small_store()
    {
        var whole = new Shop().Order("a", 1, 1_000).Order("b", 2, 500).Order("a", 7, 1_000).Until(10);
        var rows = Backtest.Run(whole, CalibrationEnd, ForecastModels.Find(["bg-nbd", "champion"])).Rows;

        Assert.Equal(("not fitted: fewer than 30 customers have bought", null), (rows[0].Description, rows[0].Score));
        Assert.StartsWith("buy-till-you-die alone, as fewer than 200 customers", rows[1].Description, StringComparison.Ordinal);
        Assert.Contains("small store: pareto-nbd", rows[1].Description, StringComparison.Ordinal);
        Assert.All(rows[1].Forecasts, f => Assert.True(f.Value > 0 && double.IsFinite(f.Value)));
    }

    [Fact]
    public void A_model_whose_forecast_is_no_number_is_not_judged_and_harms_no_other()
    {
        var whole = new Shop().Order("a", 1, 1_000).Order("b", 2, 500).Order("a", 7, 1_000).Until(10);
        var rows = Backtest.Run(
            whole, CalibrationEnd, [new Fixed(c => new Forecast(c.Id.Id == "b" ? double.NaN : 1, 1)), .. ForecastModels.Naive]).Rows;

        Assert.Equal(
            ("not scored: the forecast of customer b is not a number or not a probability", null), (rows[0].Description, rows[0].Score));
        Assert.All(rows.Skip(1), r => Assert.NotNull(r.Score));
    }

    [Fact]
    public void Nothing_to_test_is_said_by_name()
    {
        var shop = new Shop().Order("a", 1, 1_000).Order("free", 1, 0);

        Assert.Contains("holdout is empty", Refusal(shop.Until(10), CalibrationEnd), StringComparison.Ordinal);
        Assert.Contains("Nobody has a paid order", Refusal(shop.Until(10), Shop.Day(0)), StringComparison.Ordinal);
        Assert.Contains("not before", Refusal(shop.Until(10), Shop.Day(10)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ForecastModels.Find(["bg-ndb"]));

        static string Refusal(StoreHistory whole, DateOnly end) =>
            Assert.Throws<BacktestException>(() => Backtest.Run(whole, end, ForecastModels.Naive)).Message;
    }

    [Fact]
    public void Forecasts_are_written_one_block_a_model_with_quotes_where_needed()
    {
        var whole = new Shop().Order("a,\"1\"", 1, 1_000).Order("b", 2, 500).Order("b", 7, 1_050).Until(10);
        var model = new Fixed(c => new Forecast(123.5, .25) { Buys = .2, Alive = .5, Intervals = [new(0, 1), new(10, 250), new(0, 9)] });
        using var text = new StringWriter { NewLine = "\n" };
        PredictionsFile.Write(text, Backtest.Run(whole, CalibrationEnd, [model, ForecastModels.Naive[2]]));

        Assert.Equal(
            "customer_id,model,predicted_value,predicted_orders,p_buys,p_alive,lower80,upper80,actual_value,actual_orders\n"
            + "\"a,\"\"1\"\"\",fixed,1.235,0.25,0.2,0.5,0.1,2.5,0,0\nb,fixed,1.235,0.25,0.2,0.5,0.1,2.5,10.5,1\n"
            + "\"a,\"\"1\"\"\",all zero,0,0,0,,,,0,0\nb,all zero,0,0,0,,,,10.5,1\n",
            text.ToString());
    }

    [Fact]
    public void Walk_forward_windows_lie_within_the_past_and_leave_a_third_to_learn_from()
    {
        var past = new Shop().Order("a", 0, 1).Until(300);
        Window Between(int cutoff, int end) => new(Shop.Day(cutoff), Shop.Day(end));

        Assert.Equal([Between(240, 300), Between(210, 270), Between(180, 240)], WindowRule.Choosing.In(past.Span, new Horizon(60)));
        Assert.Equal([Between(150, 300)], WindowRule.Choosing.In(past.Span, new Horizon(300)));
    }

    [Fact]
    public void The_page_holds_everything_itself_and_escapes_what_comes_from_data()
    {
        var model = new Fixed(c => new Forecast(100, 1)) { Name = "<script>alert(1)</script>" };
        var page = BacktestPage.Of(Backtest.Run(Simulated(60).Until(400), Shop.Day(200), [model, .. ForecastModels.Find(["mbg-nbd"])]));

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Equal(2 + 1 + 1 + 1 + 5, page.Split("<svg").Length - 1);
    }

    // Customers of different pace, some of whom stop; no randomness.
    private static Shop Simulated(int customers)
    {
        var shop = new Shop();
        for (var i = 0; i < customers; i++)
        {
            shop.Order($"c{i:000}", i % 60, 1_000 + (i * 37 % 900), $"first {i}");
            for (var day = (i % 60) + 11 + (i * 13 % 97); day < (i % 3 == 0 ? 120 : 400); day += 9 + (i * 29 % 151))
            {
                shop.Order($"c{i:000}", day, 800 + (((i * 53) + day) % 1_500));
            }
        }

        return shop;
    }

    // Looks for the later value in all that it is given.
    private sealed class Spy : IForecastModel, IForecaster
    {
        public List<AsOfSnapshot> Seen { get; } = [];

        public DateOnly End { get; private set; }

        public string Name => "spy";

        public string Description => "reads all it can";

        public IForecaster Fit(StoreHistory past, ForecastTask task)
        {
            Seen.AddRange(past.Customers);
            End = past.End;
            return this;
        }

        public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers) =>
            [
                .. customers.Select(
                    c => new Forecast(c.Events.Sum(e => (double)(e.Refund?.Amount?.Minor ?? 0)) + (double)c.Summary.Credits.Minor, 0))
            ];
    }
}
