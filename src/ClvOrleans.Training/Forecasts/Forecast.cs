using System.Collections.Immutable;

namespace ClvOrleans.Training.Forecasts;

/// <summary>
/// What a model expects of a customer within the horizon. Values are undiscounted, in minor units, and may be fractions of them.
/// </summary>
/// <param name="Value">Expected value.</param>
/// <param name="Orders">Expected purchase days.</param>
public sealed record Forecast(double Value, double Orders)
{
    /// <summary>The levels of <see cref="Intervals"/>.</summary>
    public static ImmutableArray<double> Levels { get; } = [.5, .8, .95];

    /// <summary>
    /// P(at least one purchase day), 0 to 1; by default 1 - P(0) of the <see cref="Counts"/>, null where the model gives none.
    /// </summary>
    public double? Buys
    {
        get => field ?? (Counts.IsEmpty ? null : Math.Clamp(1 - Counts[0], 0, 1));
        init;
    }

    /// <summary>P(alive), 0 to 1; null where the model knows no such thing.</summary>
    public double? Alive { get; init; }

    /// <summary>Central intervals of the value at <see cref="Levels"/>; empty where the model gives none.</summary>
    public ImmutableArray<Interval> Intervals { get; init; } = [];

    /// <summary>
    /// The distribution of the value, of <see cref="ValueQuantiles.OfCustomer"/> quantiles; null where the model gives none, or the task
    /// does not ask for it (<see cref="ForecastTask.WithQuantiles"/>).
    /// </summary>
    public ValueQuantiles? Quantiles { get; init; }

    /// <summary>Variance of the value, if the level is what is predicted; null where the model gives none.</summary>
    public double? Variance { get; init; }

    /// <summary>P(0, 1, 2, ... purchase days); what lies beyond is too unlikely to be told. Empty where the model gives none.</summary>
    public ImmutableArray<double> Counts { get; init; } = [];

    /// <summary>The forecast of a rule that knows a rate alone: P(at least one) is that of a Poisson number of purchase days.</summary>
    public static Forecast OfRate(double value, double orders) => new(value, orders) { Buys = 1 - Math.Exp(-orders) };

    /// <summary>A range of values, both ends included.</summary>
    /// <param name="Lower">Lower end, in minor units.</param>
    /// <param name="Upper">Upper end, in minor units.</param>
    public readonly record struct Interval(double Lower, double Upper);
}
