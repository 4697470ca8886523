using ClvOrleans.Domain;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Intervals;

/// <summary>
/// How a champion's values and totals are distributed: the shape of customers' values, and how far the level may be off that they share.
/// Safe to call from many threads.
/// </summary>
/// <param name="calibration">What past windows told of it; null in versions that were trained before it was calibrated.</param>
public sealed class ValueIntervals(IntervalCalibration? calibration)
{
    /// <summary>Of a model of which no past window tells anything.</summary>
    public static ValueIntervals Unknown { get; } = new(null);

    private const int MostHorizons = 256;
    private readonly IntervalCalibration _calibration = calibration ?? IntervalCalibration.None;
    private readonly BoundedCache<int, (LevelDraws Customer, LevelDraws Totals)> _levels = new(MostHorizons);

    /// <summary>Whether single customers have a distribution of their own: else the model's own intervals stand.</summary>
    public bool HasShape => _calibration.Shape is not null;

    /// <summary>The distribution of a customer's value.</summary>
    /// <param name="expected">Expected value, in minor units.</param>
    /// <param name="repeats">Repeat purchase days so far.</param>
    /// <param name="none">Probability of no purchase within the horizon, 0 to 1.</param>
    /// <param name="horizon">The horizon.</param>
    /// <exception cref="InvalidOperationException">There is no shape.</exception>
    public ValueDistribution Of(double expected, int repeats, double none, Horizon horizon) => new(
        expected, repeats, none, _calibration.Shape ?? throw new InvalidOperationException("No shape was calibrated."),
        LevelsOf(horizon).Customer);

    /// <summary>The distribution of a total.</summary>
    /// <param name="expected">Sum of the expected values, in minor units.</param>
    /// <param name="variance">Sum of the variances given the level, in squared minor units.</param>
    /// <param name="hazard">Sum of -ln P(no purchase).</param>
    /// <param name="horizon">The horizon.</param>
    public TotalDistribution OfTotal(double expected, double variance, double hazard, Horizon horizon) =>
        new(expected, variance, hazard, LevelsOf(horizon).Totals);

    /// <summary>An estimate with what tells how its value is distributed.</summary>
    /// <param name="estimate">The estimate, with the model's own intervals.</param>
    /// <param name="expected">The expected value, in minor units and parts of them.</param>
    /// <param name="variance">Its variance by the model itself, if the level is as predicted.</param>
    /// <param name="repeats">Repeat purchase days so far.</param>
    public Estimate Complete(Estimate estimate, double expected, double variance, int repeats)
    {
        if (!HasShape)
        {
            return estimate with { Variance = variance, Hazard = -Math.Log(estimate.ProbabilityOfNoOrder) };
        }

        var value = Of(expected, repeats, estimate.ProbabilityOfNoOrder, new Horizon(estimate.HorizonDays));
        return estimate with
        {
            Variance = value.Variance,
            Hazard = value.Hazard,
            IntervalMethod = IntervalMethod.Conformal,
            Interval = estimate.Intervals is null ? estimate.Interval : value.Interval(estimate.Interval.Level),
            Intervals = estimate.Intervals?.Select(own => value.Interval(own.Level)).ToArray(),
        };
    }

    private (LevelDraws Customer, LevelDraws Totals) LevelsOf(Horizon horizon)
    {
        if (_levels.TryGet(horizon.Days, out var known))
        {
            return known;
        }

        var error = _calibration.ErrorOf(horizon);
        return _levels.Add(horizon.Days, (LevelDraws.ForCustomer(error), LevelDraws.ForTotals(error)));
    }
}
