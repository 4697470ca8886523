using ClvOrleans.Statistics.Neural.Training;

namespace ClvOrleans.Statistics.Tests.Neural;

public sealed class OptimiserTests
{
    [Fact]
    public void Adam_steps_as_published()
    {
        var adam = new Adam<double>(1, [1]);
        double[] theta = [1];
        var (m, v, expected) = (0.0, 0.0, 1.0);
        double[] gradients = [.5, -1, .25];
        for (var t = 1; t <= gradients.Length; t++)
        {
            var g = gradients[t - 1];
            adam.Step(theta, [g], .1, 0);
            m = (.9 * m) + (.1 * g);
            v = (.999 * v) + (.001 * g * g);
            expected -= .1 * (m / (1 - Math.Pow(.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(.999, t))) + 1e-8);
            Assert.Equal(expected, theta[0], 1e-12);
        }
    }

    [Fact]
    public void Weights_decay_beside_the_gradient_and_biases_do_not()
    {
        var adam = new Adam<double>(2, [1, 0]);
        double[] theta = [8, 8];
        adam.Step(theta, [0, 0], .1, .5);
        Assert.Equal([8 - (.1 * .5 * 8), 8], theta);
    }

    [Fact]
    public void A_long_gradient_is_shortened_and_keeps_its_direction()
    {
        double[] gradient = [30, -40];
        Assert.Equal(50, GradientNorm.Of<double>(gradient));
        GradientNorm.Shorten(gradient, 50, 5);
        Assert.Equal([3, -4], gradient);
        GradientNorm.Shorten(gradient, 5, 5);
        Assert.Equal([3, -4], gradient);
    }
}
