using System.Runtime.Intrinsics;
using ClvOrleans.Statistics.Numerics;
using MathNet.Numerics.Distributions;

namespace ClvOrleans.Statistics.Tests.Numerics;

public sealed class GaussianTests
{
    [Fact]
    public void Fast_normal_distribution_is_exact_to_its_stated_error()
    {
        for (var z = -9.0; z < 9; z += .01)
        {
            Assert.Equal(Normal.CDF(0, 1, z), Gaussian.Cumulative(Vector256.Create(z))[0], 7.6e-8);
        }
    }

    [Fact]
    public void Fast_normal_quantile_is_exact_to_its_stated_error()
    {
        for (var p = 1e-9; p < 1; p += .00137)
        {
            var expected = Normal.InvCDF(0, 1, p);
            Assert.Equal(expected, Gaussian.Quantile(p), 2e-9 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void Jacobi_rule_has_the_moments_of_the_beta_distribution()
    {
        foreach (var (a, b) in new[] { (.3, .7), (.5, .5), (.79, 2.43), (1, 1), (.8, 302.4) })
        {
            var rule = new JacobiRule(a, b);
            var moment = 1.0;
            for (var n = 0; n < 10; n++)
            {
                Assert.Equal(moment, rule.At.Zip(rule.Weight, (p, w) => w * Math.Pow(p, n)).Sum(), 1e-10 * moment);
                moment *= (a + n) / (a + b + n);
            }
        }
    }
}
