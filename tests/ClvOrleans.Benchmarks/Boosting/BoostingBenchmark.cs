using System.Diagnostics;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation.Ensemble;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Benchmarks.Boosting;

/// <summary>Boosted trees on 60 features: training both models, a score of three ensembles, and its attribution.</summary>
internal static class BoostingBenchmark
{
    private const int Features = 60;

    /// <summary>Prints a line for each.</summary>
    public static void Run(int customers)
    {
        var rows = Store(customers);
        Train(new TwoPartBoosting(), rows);
        Train(new TweedieBoosting(), rows);
        One(rows);
    }

    /// <summary>
    /// Customers of whom most buy nothing. A third of the features are counts, a third amounts with a heavy tail, a third near normal; the
    /// value depends on six of them, alone and together, and is lognormal with a deviation of 1 beyond that.
    /// </summary>
    private static LearningRows Store(int customers)
    {
        var random = new Random(5);
        var rows = new double[customers * Features];
        var values = new double[customers];
        for (var i = 0; i < customers; i++)
        {
            var x = rows.AsSpan(i * Features, Features);
            for (var j = 0; j < Features; j++)
            {
                var normal = Normal.Sample(random, 0, 1);
                x[j] = (j % 3) switch { 0 => Math.Floor(Math.Exp(normal)), 1 => Math.Round(1_000 * Math.Exp(1.2 * normal)), _ => normal };
            }

            var odds = -1.2 + (.5 * Math.Log(1 + x[0])) + (.8 * x[2]) + (.4 * x[5] * x[8]);
            var value = 7 + (.3 * Math.Log(1 + x[1])) + (.2 * x[3] * x[2] / (1 + x[3]));
            values[i] = random.NextDouble() < 1 / (1 + Math.Exp(-odds)) ? Math.Round(Math.Exp(value + Normal.Sample(random, 0, 1))) : 0;
        }

        return new LearningRows(rows, new (CustomerSummary, DateOnly)[customers], values);
    }

    private static void Train(ILearner learner, LearningRows rows)
    {
        var (learned, clock) = Clock.Time(() => learner.Fit(rows, 1));
        var (values, said) = (rows.Values, new double[rows.Count]);
        var (_, scoring) = Clock.Time(() =>
        {
            for (var i = 0; i < said.Length; i++)
            {
                said[i] = learned.Predict(rows[i]);
            }

            return 0;
        });
        Console.WriteLine(FormattableString.Invariant(
            $"""
            {learner.Name} on {values.Length:N0} x {Features}, {values.Count(v => v > 0):N0} of them with value: {clock}
              mean {said.Average():F1} of {values.Average():F1}, gini {Gini(said, values):F4}; {scoring.Processor / said.Length * 1e6:F2} µs a score one by one
              {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MB at most so far
            """));
    }

    private static double Gini(double[] said, double[] values)
    {
        var order = Enumerable.Range(0, said.Length).OrderByDescending(i => said[i]).ToArray();
        return Concentration([.. order.Select(i => values[i])]) / Concentration([.. values.OrderDescending()]);

        static double Concentration(double[] sorted) =>
            (sorted.Index().Sum(v => v.Item * (sorted.Length - v.Index)) / sorted.Sum() / sorted.Length) - .5;
    }

    private static void One(LearningRows rows)
    {
        var some = rows.Only([.. Enumerable.Range(0, Math.Min(rows.Count, 100_000))]);
        var boosted = BoostedRow.Of(some, some.Values);
        TreeEnsemble[] ensembles =
        [
            BoostedTrees.Classify(boosted, 1), BoostedTrees.Regress(boosted, 1), BoostedTrees.RegressTweedie(boosted, 1),
        ];
        var shares = new double[Features];
        var score = Clock.Median(i => (float)ensembles.Sum(e => e.Score(boosted[i % boosted.Count].Features)));
        var share = Clock.Median(i =>
        {
            foreach (var trees in ensembles)
            {
                TreeShapley.Add(trees, boosted[i % boosted.Count].Features, boosted[0].Features, shares);
            }

            return (float)shares[0];
        });
        Console.WriteLine(FormattableString.Invariant(
            $"""
            one customer, three ensembles of {ensembles[0].Trees.Length} trees, median: score {score:F2} µs
              Shapley values against a baseline {share:F1} µs
            """));
    }
}
