using System.IO.Hashing;
using System.Text;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Features;
using ClvOrleans.Model.Lifetime;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Training.Learning;

/// <summary>Buyers as of the cuts of some windows of a past, and what came after these. Nothing in it is later than the past's end.</summary>
internal sealed class TrainingSet
{
    /// <summary>Folds of customers.</summary>
    public const int Folds = 2;

    private const int LeastCustomers = 200;
    private static readonly int Width = FeatureCatalogue.All.Length;

    private TrainingSet(double[] rows, double[] values, int[] folds, int[] windows, IReadOnlyList<Window> of) =>
        (Rows, Values, FoldOf, WindowOf, Windows) = (rows, values, folds, windows, of);

    /// <summary>Features of the catalogue, one row after the other.</summary>
    public double[] Rows { get; }

    /// <summary>Value in the window, never below zero.</summary>
    public double[] Values { get; }

    /// <summary>The fold of the row's customer, the same in all windows.</summary>
    public int[] FoldOf { get; }

    /// <summary>The window of the row.</summary>
    public int[] WindowOf { get; }

    /// <summary>The windows, the latest first.</summary>
    public IReadOnlyList<Window> Windows { get; }

    /// <summary>Days of the windows.</summary>
    public Horizon Horizon => new(Windows[0].Days);

    /// <summary>Gathers the windows of a past.</summary>
    /// <exception cref="FitException">There is too little to learn from; the message says of what.</exception>
    public static TrainingSet Of(StoreHistory past, ForecastTask task, SeasonalClock clock)
    {
        var (rows, values, folds, of) = (new List<double>(), new List<double>(), new List<int>(), new List<int>());
        var windows = Window.Of(past, task.Horizon);
        for (var w = 0; w < windows.Count; w++)
        {
            var known = past.Until(windows[w].End);
            var before = known.Until(windows[w].Cut);
            if (before.Buyers.IsEmpty)
            {
                continue;
            }

            rows.AddRange(FeatureSource.Fit(before, task.Value, clock).Rows(before.Buyers, new Horizon(windows[w].Days)));
            values.AddRange(known.OutcomesOf(before, task.Value).Select(o => Math.Max(0.0, o.Value.Minor)));
            folds.AddRange(before.Buyers.Select(c => (int)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(c.Id.ToText()), task.Seed) % Folds)));
            of.AddRange(Enumerable.Repeat(w, before.Buyers.Length));
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

        return new TrainingSet([.. rows], [.. values], [.. folds], [.. of], windows);
    }

    /// <summary>A row.</summary>
    public ReadOnlySpan<double> Row(int i) => Rows.AsSpan(i * Width, Width);

    /// <summary>Learns from all rows.</summary>
    public ILearned Fit(ILearner learner, int seed) => learner.Fit(Rows, Values, seed);

    /// <summary>What a learner says of each row, having learned from the rows of other customers only.</summary>
    public double[] CrossFit(ILearner learner, int seed)
    {
        var said = new double[Values.Length];
        for (var fold = 0; fold < Folds; fold++)
        {
            var others = Enumerable.Range(0, said.Length).Where(i => FoldOf[i] != fold).ToArray();
            var rows = new double[others.Length * Width];
            for (var i = 0; i < others.Length; i++)
            {
                Row(others[i]).CopyTo(rows.AsSpan(i * Width));
            }

            var learned = learner.Fit(rows, [.. others.Select(i => Values[i])], seed);
            Parallel.For(0, said.Length, i =>
            {
                if (FoldOf[i] == fold)
                {
                    said[i] = learned.Predict(Row(i));
                }
            });
        }

        return said;
    }
}
