using System.Collections.Concurrent;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Backtests.Reports;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

public sealed class CrossValidationTests
{
    private static readonly DateOnly Cutoff = Shop.Day(200);

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(20)]
    public void Every_buyer_is_forecast_once_by_a_fit_that_has_not_seen_them(int folds)
    {
        var memory = new Memory();
        var result = Run(Customers(50).View("visitor", 3), memory, folds);
        var buyers = result.Past.Buyers.Select(c => c.Id).ToList();

        Assert.Equal(buyers.Select(b => b.Id).Order(), memory.Asked.Select(b => b.Id).Order());
        Assert.All(result.Rows[0].Forecasts, f => Assert.Equal(0, f.Value));
        Assert.Equal(folds, memory.Fitted.Count);

        // All the others are seen, and who is in no fold by everyone.
        Assert.All(buyers, b => Assert.Equal(folds - 1, memory.Fitted.Count(seen => seen.Contains(b))));
        Assert.All(memory.Fitted, seen => Assert.Contains(seen, c => c.Id == "visitor"));
        Assert.All(memory.Fitted, seen => Assert.InRange(buyers.Count - seen.Count(buyers.Contains), 50 / folds, (50 / folds) + 1));
    }

    [Fact]
    public void Without_folds_models_have_seen_those_they_forecast()
    {
        var result = Run(Customers(50), new Memory(), null);

        Assert.All(result.Rows[0].Forecasts, f => Assert.Equal(100, f.Value));
        Assert.Empty(result.Rows[0].Folds);
    }

    [Fact]
    public void The_seed_decides_the_folds_whatever_the_order_of_the_file()
    {
        var one = Deal(Customers(50), 1);

        Assert.Equal(one, Deal(Customers(50), 1));
        Assert.Equal(one, Deal(Customers(50, backwards: true), 1));
        Assert.NotEqual(one, Deal(Customers(50), 2));

        static List<int> Deal(Shop shop, int seed)
        {
            var past = shop.Until(200);
            var folds = Folds.Deal(past, 5, seed);
            return [.. past.Buyers.Select(c => folds.Of(c.Id))];
        }
    }

    [Fact]
    public void A_model_that_learns_nothing_has_the_same_figures_with_and_without_folds()
    {
        IForecastModel[] models =
        [
            new Fixed(c => new Forecast(c.Summary.PurchaseDays.Length * 70, 1)
            {
                Counts = [.6, .3, .1],
                Intervals = [new(0, 0), new(0, 900), new(0, 9_000)],
            }),
            .. ForecastModels.Naive,
        ];
        var whole = Customers(60).Until(400);
        var plain = Backtest.Run(whole, Cutoff, models);
        var folded = Backtest.Run(whole, Cutoff, models, new BacktestRules { Folds = 6 });

        Assert.Equal(plain.Rows.Select(r => Figures(r.Score!)), folded.Rows.Select(r => Figures(r.Score!)));
        Assert.Equal("6 folds, without the first: as told", folded.Rows[0].Description);

        static string Figures(Score score) => string.Join(' ', ScoreColumn.All.Select(c => c.Of(score)));
    }

    [Fact]
    public void Credits_before_the_last_window_of_those_not_fitted_to_are_known()
    {
        // 5.00 were credited before the window; in it, 7.00 were spent and 1.00 credited.
        var whole = new Shop().Order("a", 0, 900).Credit("a", 0, 500).Order("a", 3, 700).Credit("a", 4, 100)
            .Order("b", 0, 900).Order("b", 8, 100).Until(10);
        var rules = new BacktestRules { Value = ValueKind.Net, Folds = 2 };

        Assert.Equal([600.0, 0], Backtest.Run(whole, Shop.Day(5), ForecastModels.Naive, rules).Rows[0].Forecasts.Select(f => f.Value));
    }

    [Fact]
    public void Figures_of_the_folds_are_those_of_their_customers_and_so_is_their_spread()
    {
        // Of 4 in 2 folds, "a" buys for 30.00; predicted is 10.00 each. Errors of a fold: 20 and 10, or 10 and 10.
        var whole = new Shop().Order("a", 1, 1).Order("b", 1, 1).Order("c", 1, 1).Order("d", 1, 1).Order("a", 7, 3_000).Until(10);
        var row = Backtest.Run(whole, Shop.Day(5), [new Fixed(_ => new Forecast(1_000, 1))], new BacktestRules { Folds = 2 }).Rows[0];
        var mae = Spread.Of(ScoreColumn.All.Single(c => c.Name == "MAE"), row.Folds)!;
        var bias = Spread.Of(ScoreColumn.All.Single(c => c.Name == "bias"), row.Folds)!;

        Assert.Equal([10.0, 15.0], row.Folds.Select(f => f.MeanAbsoluteError).Order());
        Assert.Equal(("MAE", 12.5, 2), (mae.Figure, mae.Mean, mae.Folds));
        Assert.Equal(Math.Sqrt(2 * 2.5 * 2.5 / 1), mae.StandardDeviation!.Value, 1e-12);
        Assert.Equal("12.50 ± 3.54", mae.Text(ScoreColumn.All.Single(c => c.Name == "MAE")));

        // The other fold has no value to be biased against.
        Assert.Equal(new Spread("bias", (20.0 / 30) - 1, null, 1), bias);
        Assert.Equal("-0.333", bias.Text(ScoreColumn.All.Single(c => c.Name == "bias")));
        Assert.Null(Spread.Of(ScoreColumn.All.Single(c => c.Name == "accuracy"), row.Folds));
    }

    [Fact]
    public void Every_model_forecasts_customers_who_came_before_any_that_it_was_fitted_to()
    {
        // The first customer of the store pays most, by far, and is alone in the first fifty days.
        var shop = Customers(500, from: 50).Order("first", 0, 90_000).Order("first", 150, 90_000);
        var market = Enumerable.Range(0, 6).Aggregate(
            MarketCalendar.Empty,
            (calendar, i) => calendar.With(new MarketEntry($"m{i}", MarketKind.Season, Shop.Day(60 * i), Shop.Day((60 * i) + 20))));
        var whole = shop.Until(400, market);
        var rows = Backtest.Run(whole, Shop.Day(300), ForecastModels.Find(["all"], market), new BacktestRules { Folds = 2 }).Rows;

        // One customer with nearly all of the revenue is more than a network learns anything beside, and it says so.
        Assert.All(rows, r => Assert.True(
            r.Score is not null || r.Description.StartsWith("not fitted: no network was better", StringComparison.Ordinal),
            $"{r.Model}: {r.Description}"));
        Assert.All(rows.SelectMany(r => r.Forecasts), f => Assert.True(f.Value >= 0 && f.Buys is >= 0 and <= 1));
    }

    [Fact]
    public void A_model_that_the_data_do_not_carry_without_a_fold_says_so()
    {
        var rows = Backtest.Run(Customers(40).Until(400), Cutoff, ForecastModels.Find(["mbg-nbd"]), new BacktestRules { Folds = 2 }).Rows;

        Assert.Equal("not fitted: fewer than 30 customers have bought (without fold 1 of 2)", rows[0].Description);
        Assert.All(rows.Skip(1), r => Assert.NotNull(r.Score));
    }

    [Fact]
    public void Folds_need_a_customer_each_and_are_2_to_20()
    {
        var message = Assert.Throws<BacktestException>(() => Run(Customers(4), new Memory(), 5)).Message;

        Assert.Equal("5 folds need 5 customers with a paid order; there are 4.", message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BacktestRules { Folds = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BacktestRules { Folds = 21 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BacktestRules { Threshold = 1 });
    }

    [Fact]
    public void The_page_shows_the_folds_and_who_will_buy_again()
    {
        var (folded, plain) = (PageOf(3), PageOf(null));

        Assert.All(
            ["<h2>Who will buy again</h2>", "<h2>Over the folds</h2>", "dealt into 3 folds", ">MSE<", ">precision<"],
            part => Assert.Contains(part, folded, StringComparison.Ordinal));
        Assert.Contains("<h2>Who will buy again</h2>", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("folds", plain, StringComparison.Ordinal);

        static string PageOf(int? folds) => BacktestPage.Of(
            Backtest.Run(Customers(60).Until(400), Cutoff, ForecastModels.Naive, new BacktestRules { Folds = folds }));
    }

    private static BacktestResult Run(Shop shop, IForecastModel model, int? folds) =>
        Backtest.Run(shop.Until(400), Cutoff, [model], new BacktestRules { Folds = folds });

    // Customers of different pace, some of whom stop; no randomness.
    private static Shop Customers(int customers, int from = 0, bool backwards = false)
    {
        var shop = new Shop();
        var numbers = Enumerable.Range(0, customers);
        foreach (var i in backwards ? numbers.Reverse() : numbers)
        {
            for (var day = from + (i % 60); day < (i % 3 == 0 ? 120 : 400); day += 9 + (i * 29 % 151))
            {
                shop.Order($"c{i:000}", day, 800 + (((i * 53) + day) % 1_500));
            }
        }

        return shop;
    }

    // Forecasts 1.00 for those it has seen, and nothing for others.
    private sealed class Memory : IForecastModel
    {
        public List<HashSet<CustomerId>> Fitted { get; } = [];

        public ConcurrentBag<CustomerId> Asked { get; } = [];

        public string Name => "memory";

        public IForecaster Fit(StoreHistory past, ForecastTask task)
        {
            Fitted.Add([.. past.Customers.Select(c => c.Id)]);
            return new Seen(this, Fitted[^1]);
        }

        private sealed class Seen(Memory memory, HashSet<CustomerId> seen) : IForecaster
        {
            public string Description => "remembers whom it saw";

            public IReadOnlyList<Forecast> Forecast(IReadOnlyList<AsOfSnapshot> customers)
            {
                customers.Select(c => c.Id).ToList().ForEach(memory.Asked.Add);
                return [.. customers.Select(c => new Forecast(seen.Contains(c.Id) ? 100 : 0, 1))];
            }
        }
    }
}
