using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Benchmarks.Neural;

/// <summary>
/// Networks on all features of the catalogue and on series of 30 active weeks: training, and a value with the features given.
/// </summary>
internal static class NetworkValueBenchmark
{
    private const int ActiveWeeks = 30;
    private const int Explained = 500;
    private static readonly int Width = FeatureCatalogue.All.Length;
    private static readonly DateOnly Today = new(2025, 6, 1);

    /// <summary>Prints a line for each.</summary>
    public static void Run(int customers)
    {
        var rows = Store(customers);
        Train(NetworkRegression.Perceptron, rows);
        Train(NetworkRegression.PerceptronLognormal, rows);
        var some = rows.Only([.. Enumerable.Range(0, Math.Min(customers, 50_000))]);
        Train(NetworkRegression.Convolutional, some);
        Follow(Train(NetworkRegression.Recurrent, some), some);
    }

    private static ILearned Train(NetworkRegression learner, LearningRows rows)
    {
        var (learned, training) = Clock.Time(() => learner.Fit(rows, 1));
        var said = new double[Math.Min(rows.Count, 100_000)];
        var (_, scoring) = Clock.Time(() =>
        {
            for (var i = 0; i < said.Length; i++)
            {
                said[i] = learned.Predict(rows[i]);
            }

            return 0;
        });
        var shares = new double[LearnedInputs.Count];
        var (_, explaining) = Clock.Time(() => Enumerable.Range(0, Explained).Sum(i =>
        {
            Array.Clear(shares);
            return learned.Explain(rows[i % rows.Count], rows.FeaturesOf(0), shares);
        }));
        Console.WriteLine(FormattableString.Invariant(
            $"""
            {learner.Name} on {rows.Count:N0} x {Width}: {training}
              {((NetworkValue)learned).Curve}
              {said.Length / scoring.Processor:N0} customers/s on one core, one by one; an explanation {explaining.Processor / Explained * 1e6:F0} µs
            """));
        return learned;
    }

    private static void Follow(ILearned learned, LearningRows rows)
    {
        var traces = new RecurrentTrace[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            learned.Follow(rows[i], traces[i] = new RecurrentTrace());
        }

        var whole = Clock.Median(i => (float)learned.Predict(rows[i % rows.Count]));
        var followed = Clock.Median(i => (float)learned.Follow(rows[i % rows.Count], traces[i % rows.Count]));
        Console.WriteLine(FormattableString.Invariant(
            $"one customer of {ActiveWeeks} active weeks, median: {whole:F1} µs from the start, {followed:F1} µs with what was kept"));
    }

    private static LearningRows Store(int customers)
    {
        var (features, values, summaries) =
            (new double[customers * Width], new double[customers], new (CustomerSummary, DateOnly)[customers]);
        var activities = Enumerable.Range(0, 100).Select(Activity).ToArray();
        Parallel.For(0, customers, i =>
        {
            var noise = new Noise(3).Part(i);
            var x = features.AsSpan(i * Width, Width);
            for (var j = 0; j < Width; j++)
            {
                x[j] = j % 7 == 3 && i % 3 == 0 ? double.NaN : Math.Exp(noise.Symmetric<double>(j));
            }

            var luck = noise.Part(0);
            values[i] = luck.Symmetric<double>(0) < -.4 + (.3 * x[1] * x[2])
                ? Math.Round(1_000 * x[4] * Math.Exp(luck.Symmetric<double>(1) + luck.Symmetric<double>(2)))
                : 0;
            summaries[i] = (activities[i % activities.Length], Today);
        });
        return new LearningRows(features, summaries, values);
    }

    private static CustomerSummary Activity(int number) => new()
    {
        PurchaseDays = [new PurchaseDay(Today.AddDays(-300 + number), 1, new(2_000 + number), new(2_000), new(900))],
        Weeks =
        [
            .. Enumerable.Range(0, ActiveWeeks).Select(w => new ActiveWeek(
                ActiveWeek.MondayOf(Today).AddDays(7 * (w - ActiveWeeks)), 5, 2, Counts: KindCounts.Of(new Dictionary<EventKind, int>
                {
                    [EventKind.ProductViewed] = 1 + ((w + number) % 9),
                    [EventKind.ProductAdded] = (w * number) % 4,
                }))),
        ],
    };
}
