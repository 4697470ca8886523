using ClvOrleans.Domain.Currencies;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Statistics.Neural;
using ClvOrleans.Statistics.Neural.Layers;
using ClvOrleans.Statistics.Neural.Outputs;
using ClvOrleans.Statistics.Neural.Training;
using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Training.Learning;

/// <summary>Learns a <see cref="NetworkValue"/>.</summary>
/// <param name="name">Name of the model.</param>
internal sealed class NetworkRegression(string name) : ILearner
{
    private const int Weeks = 52;
    private const int Steps = 52;

    /// <summary>The article's network: 64-64-1, ReLU, mean-squared error.</summary>
    public static NetworkRegression Perceptron { get; } = new("mlp") { Head = new SquaredError<float>(), Tail = .005 };

    /// <summary>The same with the zero-inflated lognormal head.</summary>
    public static NetworkRegression PerceptronLognormal { get; } = new("mlp-ziln");

    /// <summary>A 1-D convolution over the last year's weeks, beside the features.</summary>
    public static NetworkRegression Convolutional { get; } = new("cnn") { Series = SeriesKind.Weeks, Length = Weeks };

    /// <summary>A GRU over the weeks with activity, beside the features.</summary>
    public static NetworkRegression Recurrent { get; } = new("gru") { Series = SeriesKind.Steps, Length = Steps };

    public string Name => name;

    /// <summary>What its last layer means. Default zero-inflated lognormal.</summary>
    public IOutputLayer<float> Head { get; init; } = new ZeroInflatedLognormal<float>();

    /// <summary>Which series it reads. Default none.</summary>
    public SeriesKind Series { get; init; }

    /// <summary>Weeks of the series, or steps at most.</summary>
    public int Length { get; init; }

    /// <summary>
    /// Most rows that are learned from, drawn by the seed where there are more: all are in memory, some 3 kB each with a series. Default
    /// 1,000,000, or 200,000 with a series.
    /// </summary>
    public int MostRows { get => field > 0 ? field : Series == SeriesKind.None ? 1_000_000 : 200_000; init; }

    /// <summary>
    /// Part of the rows whose values count as much as the greatest of the others while learning: squared errors of the few greatest would
    /// be all there is to learn. Default 0.
    /// </summary>
    public double Tail { get; init; }

    /// <summary>How it is trained; the seed is that of <see cref="Fit"/>.</summary>
    public TrainingOptions Training { get; init; } = new() { LearningRate = .001, WeightDecay = 1 };

    /// <summary>Share of units that drop out in training. Default .3.</summary>
    public double Dropout { get; init; } = .3;

    public ILearned Fit(LearningRows rows, int seed, CancellationToken cancellation = default)
    {
        rows = Drawn(rows, seed);
        var input = new NetworkRow(Preprocessor.Fit(FeatureCatalogue.Names, RulesOf(rows), rows.Features), Series, Length);
        var (scale, most) = (rows.Values.Average(), rows.Values.Max());
        if (!(scale > 0))
        {
            throw new FitException("nothing was bought in the windows to learn from");
        }

        var bound = Tail > 0 ? rows.Values.Order().ElementAt((int)((1 - Tail) * (rows.Count - 1))) : most;
        var numbers = new float[rows.Count * input.Width];
        Parallel.For(0, rows.Count, i => input.Write(rows[i], numbers.AsSpan(i * input.Width, input.Width)));
        var data = new TrainingRows<float>(
            numbers, input.Width, Array.ConvertAll(rows.Values, v => (float)(Math.Min(v, bound) / scale)))
        { Of = Persons(rows) };
        var trained = NetworkTrainer.Train(Start(input, (ulong)seed), data, Training with { Seed = (ulong)seed }, null, cancellation);
        if (!trained.BeatsConstant)
        {
            throw new FitException(FormattableString.Invariant(
                $"no network was better by two standard errors (loss {trained.ValidationLoss:f4}) than a constant ({trained.ConstantLoss:f4}) on customers not seen"));
        }

        var curve = new LossCurve(trained.Curve, trained.BestEpoch, trained.ConstantLoss, rows.Count);
        return new NetworkValue(input, trained.Network, scale, most, curve);
    }

    private Network<float> Start(NetworkRow input, ulong seed)
    {
        var features = input.Width - input.SeriesWidth;
        return Series switch
        {
            SeriesKind.Weeks =>
                Networks.Convolutional(Length, ActivitySeries.Channels.Length, features, Head, seed, dropout: Dropout, hidden: [64, 64]),
            SeriesKind.Steps =>
                Networks.Recurrent(Length, ActivitySeries.StepChannels.Length, features, Head, seed, dropout: Dropout, hidden: [64, 64]),
            _ => Networks.Perceptron(features, Head, seed, Dropout),
        };
    }

    private LearningRows Drawn(LearningRows rows, int seed)
    {
        if (rows.Count <= MostRows)
        {
            return rows;
        }

        var drawn = Enumerable.Range(0, rows.Count).ToArray();
        new Noise((ulong)seed).Shuffle(drawn);
        return rows.Only([.. drawn.Take(MostRows).Order()]);
    }

    // A column that is always known, or never, has nothing to indicate: it would be a second bias, and mean something else live.
    private static ColumnRule[] RulesOf(LearningRows rows) => [.. FeatureCatalogue.All.Select((f, j) =>
    {
        var known = Enumerable.Range(0, rows.Count).Count(i => double.IsFinite(rows.FeaturesOf(i)[j]));
        return CatalogueRules.Of(f, known > 0 && known < rows.Count ? MissingRule.Indicator : MissingRule.Mean);
    })];

    // Rows of one customer at several days tell of each other. They carry no names: who began on the same day with the same sum counts as
    // one.
    private static int[] Persons(LearningRows rows)
    {
        var numbers = new Dictionary<(DateOnly, Money), int>();
        return Array.ConvertAll(rows.Customers, row =>
        {
            var key = row.Customer.PurchaseDays is [var first, ..] ? (first.Day, first.Gross) : default;
            return numbers.TryGetValue(key, out var number) ? number : numbers[key] = numbers.Count;
        });
    }
}
