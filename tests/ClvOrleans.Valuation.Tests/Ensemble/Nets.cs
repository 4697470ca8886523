using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Statistics.Neural;
using ClvOrleans.Statistics.Neural.Outputs;
using ClvOrleans.Statistics.Preprocessing;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Features;

namespace ClvOrleans.Valuation.Tests.Ensemble;

/// <summary>Networks with random weights, and random features for them.</summary>
internal static class Nets
{
    public const int Length = 12;

    private static readonly int Width = FeatureCatalogue.All.Length;

    /// <summary>One of each shape.</summary>
    public static NetworkValue Of(SeriesKind series, ulong seed = 1)
    {
        var input = new NetworkRow(Prepared(), series, series == SeriesKind.None ? 0 : Length);
        var features = input.Width - input.SeriesWidth;
        var head = new ZeroInflatedLognormal<float>(50);
        var network = series switch
        {
            SeriesKind.Weeks => Networks.Convolutional(Length, ActivitySeries.Channels.Length, features, head, seed),
            SeriesKind.Steps => Networks.Recurrent(Length, ActivitySeries.StepChannels.Length, features, head, seed, state: 8),
            _ => Networks.Perceptron(features, head, seed),
        };
        return new NetworkValue(input, network, 1_000, 40_000, new LossCurve([new(1, 2, 1.5, .001)], 1, 3, 200));
    }

    /// <summary>Features of a customer; every fifth is not known of every third.</summary>
    public static double[] Features(int customer)
    {
        var numbers = Numbers.Uniform<double>(Width, (ulong)customer);
        return [.. numbers.Select((x, j) => j % 5 == 0 && customer % 3 == 0 ? double.NaN : 1 + x)];
    }

    /// <summary>A customer of two years: more active weeks than <see cref="Length"/>.</summary>
    public static CustomerSummary Busy { get; } = Happened.Summarise(Enumerable.Range(0, 30).SelectMany(week => new[]
    {
        Happened.Order(week * 21, $"o{week}", 1_000 + (77 * week)), Happened.On((week * 21) + 8, EventKind.ProductViewed),
    }));

    private static Preprocessor Prepared()
    {
        var rule = new ColumnRule { Outlier = OutlierRule.ZScore, Missing = MissingRule.Mean, Scale = ScaleRule.Standardise };
        return Preprocessor.Fit(
            FeatureCatalogue.Names,
            [.. Enumerable.Range(0, Width).Select(j => j % 5 == 0 ? rule with { Missing = MissingRule.Indicator } : rule)],
            [.. Enumerable.Range(0, 60).SelectMany(Features)]);
    }
}
