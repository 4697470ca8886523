using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Tests.Backtests;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Ensemble;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class LearnedModelTests
{
    private static readonly ForecastTask Task = new(ValueKind.Gross, new Horizon(120));

    [Fact]
    public void Features_of_a_window_see_nothing_of_its_targets()
    {
        // All that comes after the first cutoff is changed: credits, cancellations, orders. The features of that day do not move, its
        // targets do.
        var (plain, planted) = (Shop.Made(400), Shop.Made(400));
        var past = plain.Until(400);
        var latest = WindowRule.Learning.In(past.Span, Task.Horizon)[0];
        for (var i = 0; i < 400; i++)
        {
            planted.Order($"c{i:000}", 399, 100 * i).Credit($"c{i:000}", 399, i);
        }

        var clock = SeasonFit.Of(past);
        var (one, other) = (TrainingSet.Of(past, Task, clock), TrainingSet.Of(planted.Until(400), Task, clock));
        var rows = Enumerable.Range(0, one.WindowOf.Count(w => w == 0)).ToList();

        Assert.True(latest.Cutoff < Shop.Day(399));
        Assert.NotEqual(rows.Select(i => one.Rows.Values[i]), rows.Select(i => other.Rows.Values[i]));
        Assert.All(rows, i => Assert.True(one.Rows.FeaturesOf(i).SequenceEqual(other.Rows.FeaturesOf(i))));
    }

    [Fact]
    public void Customers_are_judged_by_models_that_have_not_learned_from_them()
    {
        var past = Shop.Made(400).Until(400);
        var set = TrainingSet.Of(past, Task, SeasonFit.Of(past));
        var counting = new Counting();
        var said = set.CrossFit(counting, 1);

        // Each half is told the number of rows of the other.
        var sizes = Enumerable.Range(0, TrainingSet.Folds).Select(f => set.FoldOf.Count(x => x != f)).ToArray();
        Assert.All(said.Index(), s => Assert.Equal(sizes[set.FoldOf[s.Index]], s.Item));
        Assert.All(sizes, s => Assert.InRange(s, said.Length * .4, said.Length * .6));
    }

    [Fact]
    public void Of_a_large_store_the_same_part_of_the_customers_is_drawn_in_all_windows()
    {
        var past = Shop.Made(400).Until(400);
        var all = TrainingSet.Of(past, Task, SeasonFit.Of(past));
        var most = all.Windows.Count * 250;
        var drawn = TrainingSet.Of(past, Task, SeasonFit.Of(past), most);
        var (latest, earlier) = (Names(0), Names(1));

        Assert.InRange(drawn.Rows.Count, .8 * most * all.Rows.Count / (all.Windows.Count * 400), 1.2 * most);
        Assert.Subset(latest, earlier);
        Assert.Equal(latest.Count, drawn.WindowOf.Count(w => w == 0));

        // Customers are told by what they bought first and when.
        HashSet<(DateOnly, long)> Names(int window) => [.. Enumerable.Range(0, drawn.Rows.Count).Where(i => drawn.WindowOf[i] == window)
            .Select(i => drawn.Rows.Customers[i].Customer.PurchaseDays[0]).Select(d => (d.Day, (long)d.Gross.Minor))];
    }

    [Fact]
    public void Windows_end_at_the_end_of_the_past_and_one_is_of_the_season_ahead()
    {
        var past = new Shop().Order("a", 0, 1).Until(600);

        Assert.Equal(
            [(480, 600), (450, 570), (420, 540), (390, 510), (360, 480), (330, 450), (300, 420), (270, 390), (235, 355)],
            WindowRule.Learning.In(past.Span, new Horizon(120))
                .Select(w => (w.Cutoff.DayNumber - Shop.Day(0).DayNumber, w.End.DayNumber - Shop.Day(0).DayNumber)));
    }

    [Fact]
    public void The_season_is_told_from_purchases_between_others()
    {
        // Everyone buys at both ends, and in between in December alone.
        var shop = new Shop();
        for (var i = 0; i < 300; i++)
        {
            shop.Order($"c{i}", i % 20, 100).Order($"c{i}", 335 + (i % 30), 100).Order($"c{i}", 380 + (i % 20), 100);
        }

        var clock = SeasonFit.Of(shop.Until(400));
        var (july, december) = (clock.Weeks(Shop.Day(181), Shop.Day(212)), clock.Weeks(Shop.Day(334), Shop.Day(365)));

        Assert.True(december > 4 * july, $"{december:f2} weeks in December, {july:f2} in July");
        Assert.Equal(401 / 7.0, clock.Weeks(Shop.Day(0), Shop.Day(400)) + (clock.Weeks(Shop.Day(365), Shop.Day(366))), .2);
    }

    [Fact]
    public void A_curve_rises_and_passes_through_the_means_of_its_parts()
    {
        var scores = Enumerable.Range(1, 400).Select(i => (double)i).ToList();
        var curve = IsotonicFit.Of(scores, [.. scores.Select(s => s <= 100 ? 0 : s <= 200 ? 30.0 : s <= 300 ? 20 : 100)]);

        // The parts of 0 and 30 become one of 15 a row; those of 20 and 100 stay.
        Assert.Equal(
            [15, 20, 200], new[] { Middle(1, 200), Middle(201, 100), 2 * Middle(301, 100) }.Select(curve.At),
            (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(scores.Zip(scores.Skip(1)), s => Assert.True(curve.At(s.First) < curve.At(s.Second)));

        static double Middle(int from, int count) => Math.Exp(Enumerable.Range(from, count).Average(i => Math.Log(i)));
    }

    [Fact]
    public void A_curve_between_two_is_their_geometric_mean_everywhere()
    {
        var scores = Enumerable.Range(1, 400).Select(i => (double)i).ToList();
        var (low, high) =
            (IsotonicFit.Of(scores, [.. scores.Select(s => s)]), IsotonicFit.Of(
                [.. scores.Select(s => s + 30)], [.. scores.Select(s => s * s)]));
        var between = IsotonicCalibration.Between(low, high);

        Assert.All(new[]
        {
            .5,
            20,
            77,
            130,
            260,
            388,
            1_000,
        }, s => Assert.Equal(Math.Sqrt(low.At(s) * high.At(s)), between.At(s), 1e-9 * between.At(s)));
    }

    [Fact]
    public void A_model_that_knows_more_weighs_more_and_none_weighs_less_than_nothing()
    {
        double[] came = [.. Enumerable.Range(0, 100).Select(i => (double)i)];
        var pool = StackingFit.Of([came, [.. came.Reverse()], [.. came.Select(_ => 1.0)]], came, 3);

        // Half of the weight is what three windows of three say, half is equal.
        Assert.Equal([(1 + (1 / 3.0)) / 2, 1 / 6.0, 1 / 6.0], pool.Weights.Select(w => Math.Round(w, 6)), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(1, pool.Score([came.Average(), came.Average(), 1]), 1e-9);
    }

    private sealed class Counting : ILearner
    {
        public string Name => "counting";

        public ILearned Fit(LearningRows rows, int seed, CancellationToken cancellation = default) => new Said(rows.Count);

        private sealed class Said(int rows) : ILearned
        {
            public double Predict(in FeatureRow row) => rows;

            public double Explain(in FeatureRow row, ReadOnlySpan<double> middle, Span<double> shares) => rows;
        }
    }
}
