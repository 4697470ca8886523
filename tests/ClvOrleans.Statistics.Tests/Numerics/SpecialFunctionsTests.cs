using ClvOrleans.Statistics.Numerics;

namespace ClvOrleans.Statistics.Tests.Numerics;

/// <summary>The special functions of the discrete models, against mpmath with 60 digits.</summary>
public sealed class SpecialFunctionsTests
{
    [Theory]
    [InlineData(1e6, .3, 4.14465306238927508, 3.00000105000013989e-7)]
    [InlineData(1e15, .26, 8.98008186267677838, 2.60000000000000105e-16)]
    [InlineData(.01, 1000, 5900.69001593312052, 107.468150658469101)]
    [InlineData(12.5, 1e-9, 2.48519565131655482e-9, 8.32852245981121573e-11)]
    [InlineData(1e-6, 1e6, 12815490.7536514464, 1000014.39272407798)]
    [InlineData(3.25, .5, .551013647484691697, .165546477543617192)]
    public void Rising_powers_keep_their_digits_where_the_logarithms_of_gamma_cancel(double y, double a, double log, double slope)
    {
        Assert.Equal(log, RisingFactorial.Log(y, a), (1e-13 * log) + 1e-17);
        Assert.Equal(slope, RisingFactorial.Slope(y, a), (1e-13 * slope) + 1e-18);
    }

    [Theory]
    [InlineData(1e-20, 1e-20, 1e-20)]
    [InlineData(1e-9, 9.99999999500000063e-10, 1.00000000050000006e-9)]
    [InlineData(-1e-3, -1.00050033358353352e-3, -9.99500166625008353e-4)]
    [InlineData(.7, .530628251062170396, 1.01375270747047652)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity)]
    public void Logarithms_and_powers_near_zero_keep_their_digits(double x, double log, double power)
    {
        Assert.Equal(log, NearZero.Log1p(x), double.IsFinite(x) ? 1e-15 * Math.Abs(log) : 0);
        Assert.Equal(power, NearZero.Expm1(x), double.IsFinite(x) ? 1e-15 * Math.Abs(power) : 0);
        Assert.Equal(-1, NearZero.Expm1(double.NegativeInfinity));
    }

    [Theory]
    [InlineData(3, 3.5, .999999000001, 2940.25193840514867)]
    [InlineData(9.78, 10.44, .9090909090909091, 7.70158644911132973)]
    [InlineData(2000, 2060, .9999000099990001, 34.7783989987393089)]
    [InlineData(.3, 1.2, .5, 1.18422779663926747)]
    [InlineData(3, 5, 1, 4)]
    [InlineData(3, 5, 0, 1)]
    [InlineData(3, 4, 1, double.PositiveInfinity)]
    public void Discounted_survival_is_the_hypergeometric_function(double b, double c, double z, double expected) =>
        Assert.Equal(expected, DiscountedSurvival.Sum(b, c, z), 1e-10 * Math.Min(expected, 1e9));
}
