using System.IO.Hashing;
using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Levels;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Buyers as of the cutoffs of some windows of a past, and what came after these. Nothing in it is later than the past's end.
/// </summary>
internal sealed class TrainingSet
{
    /// <summary>Folds of customers.</summary>
    public const int Folds = 2;

    private const int LeastCustomers = 200;

    private TrainingSet(LearningRows rows, double[] living, int[] folds, int[] windows, IReadOnlyList<Window> of, LevelCells?[] levels) =>
        (Rows, BuysIfAlive, FoldOf, WindowOf, Windows, Levels) = (rows, living, folds, windows, of, levels);

    /// <summary>The customers of all windows, and the value of each within the window.</summary>
    public LearningRows Rows { get; }

    /// <summary>The probability that the row's customer, if alive, buys within the window.</summary>
    public double[] BuysIfAlive { get; }

    /// <summary>The fold of the row's customer, the same in all windows.</summary>
    public int[] FoldOf { get; }

    /// <summary>The window of the row.</summary>
    public int[] WindowOf { get; }

    /// <summary>The windows, the latest first.</summary>
    public IReadOnlyList<Window> Windows { get; }

    /// <summary>What the level of the store can be fitted to as of the cutoff of each window; null where nobody had bought.</summary>
    public IReadOnlyList<LevelCells?> Levels { get; }

    /// <summary>Days of the windows.</summary>
    public Horizon Horizon => new(Windows[0].Days);

    /// <summary>Puts the windows of a past together.</summary>
    /// <param name="past">The past.</param>
    /// <param name="task">What is forecast.</param>
    /// <param name="clock">The season.</param>
    /// <param name="mostRows">About how many rows at most: of a larger store a part of the customers is drawn by the seed, the same in all
    /// windows.</param>
    /// <exception cref="FitException">There is too little to learn from; the message says of what.</exception>
    public static TrainingSet Of(StoreHistory past, ForecastTask task, SeasonalClock clock, int mostRows = 1_000_000)
    {
        var (features, customers, values) = (new List<double[]>(), new List<(CustomerSummary, DateOnly)>(), new List<double>());
        var (folds, of, living) = (new List<int>(), new List<int>(), new List<double>());
        var windows = WindowRule.Learning.In(past.Span, task.Horizon);
        var levels = new LevelCells?[windows.Length];
        var share = (double)mostRows / Math.Max(1, (long)windows.Length * past.Buyers.Length);
        for (var w = 0; w < windows.Length; w++)
        {
            var window = PastWindow.Of(past, windows[w], task.Value);
            var before = window.Before;
            if (before.Buyers.IsEmpty)
            {
                continue;
            }

            var maker = FeatureFit.Of(before, task.Value, clock);
            levels[w] = LevelCells.Of(before, task.Value);
            var drawn = share < 1 ? before.Where(c => ChanceOf(c, task.Seed) < share) : before;
            features.Add(FeaturesOf(drawn, maker, window.Horizon));
            living.AddRange(drawn.Buyers.Select(c => 1 - maker.Living(c.Summary, drawn.End, window.Horizon).ProbabilityOfNoOrder));
            customers.AddRange(drawn.Buyers.Select(c => (c.Summary, drawn.End)));
            values.AddRange(window.OutcomesOf(drawn).Select(o => Math.Max(0.0, (double)o.Value.Minor)));
            folds.AddRange(drawn.Buyers.Select(c => (int)(HashOf(c, task.Seed) % Folds)));
            of.AddRange(Enumerable.Repeat(w, drawn.Buyers.Length));
        }

        if (of.Count(w => w == 0) < LeastCustomers)
        {
            throw new FitException($"fewer than {LeastCustomers} customers had bought before the last window to learn from");
        }

        if (values.Count(v => v > 0) < LeastCustomers / 4)
        {
            throw new FitException($"fewer than {LeastCustomers / 4} purchases lie in the windows to learn from");
        }

        if (!values.Where((v, i) => of[i] == 0 && v > 0).Any())
        {
            throw new FitException("nothing of value came in the latest window to learn from");
        }

        return new TrainingSet(
            new LearningRows([.. features.SelectMany(f => f)], [.. customers], [.. values]), [.. living], [.. folds], [.. of], windows,
            levels);
    }

    /// <summary>The days as of which <see cref="Of"/> asks for customers.</summary>
    public static IEnumerable<DateOnly> AsOfDays(HistorySpan span, Horizon horizon) =>
        WindowRule.Learning.In(span, horizon).SelectMany(w => (DateOnly[])[w.Cutoff, w.End]);

    /// <summary>Learns from all rows.</summary>
    public ILearned Fit(ILearner learner, int seed, CancellationToken cancellation = default) => learner.Fit(Rows, seed, cancellation);

    /// <summary>What a learner says of each row, having learned from the rows of other customers only.</summary>
    public double[] CrossFit(ILearner learner, int seed, CancellationToken cancellation = default)
    {
        var said = new double[Rows.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            var learned = learner.Fit(Rows.Only([.. Enumerable.Range(0, said.Length).Where(i => FoldOf[i] != fold)]), seed, cancellation);
            Parallel.For(0, said.Length, i =>
            {
                if (FoldOf[i] == fold)
                {
                    said[i] = learned.Predict(Rows[i]);
                }
            });
        }

        return said;
    }

    private static ulong HashOf(AsOfSnapshot customer, int seed) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(customer.Id.ToText()), seed);

    // The upper bits: folds go by the lowest.
    private static double ChanceOf(AsOfSnapshot customer, int seed) => (HashOf(customer, seed) >> 11) * (1.0 / (1L << 53));

    private static double[] FeaturesOf(StoreHistory past, FeatureMaker maker, Horizon horizon)
    {
        var width = FeatureCatalogue.All.Length;
        var features = new double[past.Buyers.Length * width];
        var market = past.Market.At(past.End);
        Parallel.For(0, past.Buyers.Length, i => maker.Write(
            past.Buyers[i].Summary, past.End, horizon, market, features.AsSpan(i * width, width)));
        return features;
    }
}
