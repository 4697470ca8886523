using ClvOrleans.Domain.Currencies;
using ClvOrleans.Statistics.Numerics;
using ClvOrleans.Valuation.Estimates;

namespace ClvOrleans.Valuation.Intervals;

/// <summary>
/// The predictive distribution of one customer's value: level times shape. A level of λ times what is predicted makes λ times the hazard of
/// a purchase, so that nothing comes with P(no purchase)^λ, and λ times the expected value. A value: nothing is allocated for it, and a
/// quantile takes microseconds.
/// </summary>
public readonly struct ValueDistribution
{
    private const double Least = 1e-12;
    private const double Tolerance = 1e-6;
    private readonly ShapeGroup _group;
    private readonly LevelDraws _level;
    private readonly double _expected;
    private readonly double _logNone;

    /// <summary>Composes it.</summary>
    /// <param name="expected">Expected value, at least 0.</param>
    /// <param name="repeats">Repeat purchase days so far.</param>
    /// <param name="none">Probability of no purchase within the horizon, 0 to 1.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="level">The level.</param>
    public ValueDistribution(double expected, int repeats, double none, ValueShape shape, LevelDraws level)
    {
        _group = shape.GroupOf(repeats, none);
        (_expected, _level) = (expected, level);
        _logNone = _group.Hazard * Math.Log(Math.Clamp(none, Least, 1 - Least));
    }

    /// <summary>P(nothing), if the level is what was predicted.</summary>
    public double None => Math.Exp(_logNone);

    /// <summary>-ln P(nothing), if the level is what was predicted.</summary>
    public double Hazard => -_logNone;

    /// <summary>Variance of the value, if the level is what was predicted: what customers do not share.</summary>
    public double Variance => _expected * _expected * Math.Max(0, (_group.MeanSquare / (1 - None)) - 1);

    /// <summary>The value that is not exceeded with a probability; 0 where nothing comes at least as probably.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    public double Quantile(double probability)
    {
        if (!(_expected > 0))
        {
            return 0;
        }

        Span<double> none = stackalloc double[LevelDraws.OfCustomer];
        Span<double> offset = stackalloc double[LevelDraws.OfCustomer];
        if (Prepare(none, offset) >= probability)
        {
            return 0;
        }

        // Of equally likely levels the quantile lies between the least and the greatest of their own.
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < none.Length; i++)
        {
            var left = Math.Max((probability - none[i]) / (1 - none[i]), 1e-9);
            var own = _group.LogRatioAt(Gaussian.Quantile(Math.Min(left, 1 - 1e-9))) - offset[i];
            (low, high) = (Math.Min(low, own), Math.Max(high, own));
        }

        while (high - low > Tolerance)
        {
            var middle = (low + high) / 2;
            (low, high) = Cumulative(middle, none, offset) < probability ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>The central interval of a level such as .8.</summary>
    public ValueInterval Interval(double level) =>
        new(Money.Rounded(Quantile((1 - level) / 2)), Money.Rounded(Quantile((1 + level) / 2)), level);

    /// <summary>The probability of at most a value.</summary>
    /// <param name="value">The value, at least 0.</param>
    public double Cumulative(double value)
    {
        if (!(_expected > 0))
        {
            return 1;
        }

        Span<double> none = stackalloc double[LevelDraws.OfCustomer];
        Span<double> offset = stackalloc double[LevelDraws.OfCustomer];
        var nothing = Prepare(none, offset);
        return value > 0 ? Cumulative(Math.Log(value), none, offset) : nothing;
    }

    // For each level P(nothing), and what makes the logarithm of a value that of a ratio; returns P(nothing).
    private double Prepare(Span<double> none, Span<double> offset)
    {
        var (log, sum) = (Math.Log(_expected), 0.0);
        for (var i = 0; i < none.Length; i++)
        {
            none[i] = Math.Exp(_logNone * Math.Exp(_level.Logarithms[i]));
            offset[i] = Math.Log(1 - none[i]) - log - _level.Logarithms[i];
            sum += none[i];
        }

        return sum / none.Length;
    }

    private double Cumulative(double log, ReadOnlySpan<double> none, ReadOnlySpan<double> offset)
    {
        Span<double> ratios = stackalloc double[LevelDraws.OfCustomer];
        for (var i = 0; i < ratios.Length; i++)
        {
            ratios[i] = log + offset[i];
        }

        _group.Cumulative(ratios, ratios);
        var sum = 0.0;
        for (var i = 0; i < ratios.Length; i++)
        {
            sum += none[i] + ((1 - none[i]) * ratios[i]);
        }

        return sum / ratios.Length;
    }
}
