using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Features;
using ClvOrleans.Training.Backtests;

namespace ClvOrleans.Training.Learning;

/// <summary>A fitted <see cref="LearnedModel"/>.</summary>
internal sealed record LearnedForecaster : IForecaster
{
    private static readonly int Width = FeatureCatalogue.All.Length;

    /// <summary>Makes the features.</summary>
    public required FeatureSource Source { get; init; }

    /// <summary>Days of the windows that were learned from.</summary>
    public required Horizon Window { get; init; }

    /// <summary>Days to forecast.</summary>
    public required Horizon Horizon { get; init; }

    /// <summary>The models.</summary>
    public required ILearned[] Members { get; init; }

    /// <summary>How they are pooled.</summary>
    public required Pool Pool { get; init; }

    /// <summary>What a score is worth within a window.</summary>
    public required RisingCurve Curve { get; init; }

    /// <summary>Gives probabilities and intervals.</summary>
    public required IForecaster Lifetime { get; init; }

    /// <inheritdoc />
    public required string Description { get; init; }

    /// <summary>Values are multiplied by it.</summary>
    public double Level { get; init; } = 1;

    /// <inheritdoc />
    public IReadOnlyList<Forecast> Forecast(IReadOnlyList<CustomerPast> customers)
    {
        var values = Values(customers);
        return [.. Lifetime.Forecast(customers).Select((f, i) =>
        {
            var moved = f.Value > 0 ? values[i] / f.Value : 1;
            return f with { Value = values[i], Intervals = [.. f.Intervals.Select(v => new Forecast.Interval(v.Lower * moved, v.Upper * moved))] };
        })];
    }

    /// <inheritdoc />
    public double? ExpectedRepeats(double weeks) => Lifetime.ExpectedRepeats(weeks);

    /// <summary>Expected values of customers.</summary>
    public double[] Values(IReadOnlyList<CustomerPast> customers)
    {
        var rows = Source.Rows(customers, Window);
        var (near, far) = (Source.Expected(customers, Window), Source.Expected(customers, Horizon));
        var values = new double[customers.Count];
        Parallel.For(0, values.Length, i =>
        {
            Span<double> said = stackalloc double[Members.Length];
            for (var m = 0; m < said.Length; m++)
            {
                said[m] = Members[m].Predict(rows.AsSpan(i * Width, Width));
            }

            values[i] = Level * Curve.At(Pool.Score(said)) * (near[i] > 0 ? far[i] / near[i] : 1);
        });
        return values;
    }
}
