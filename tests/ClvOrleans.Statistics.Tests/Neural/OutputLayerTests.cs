using ClvOrleans.Statistics.Neural.Outputs;

namespace ClvOrleans.Statistics.Tests.Neural;

public sealed class OutputLayerTests
{
    private static readonly double[][] Logits = [[.1, .2, .3], [.4, .5, .6]];
    private static readonly double[] Labels = [0, 1.5];

    /// <summary>Inputs of zero_inflated_lognormal_test.py in google/lifetime_value; values of the paper's formulas at them.</summary>
    [Fact]
    public void Zero_inflated_lognormal_gives_the_published_losses_and_predictions()
    {
        var head = new ZeroInflatedLognormal<double>();
        double[] losses = [.7443966601, 1.8783725913];
        double[] predictions = [.9236378530, 1.6907553323];
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(losses[i], head.Loss(Logits[i], Labels[i], new double[3]), 1e-9);
            Assert.Equal(predictions[i], head.Predict(Logits[i]), 1e-9);
            var single = Array.ConvertAll(Logits[i], l => (float)l);
            Assert.Equal(losses[i], new ZeroInflatedLognormal<float>().Loss(single, (float)Labels[i], new float[3]), 1e-6);
            Assert.Equal(predictions[i], new ZeroInflatedLognormal<float>().Predict(single), 1e-6);
        }
    }

    [Theory]
    [InlineData(0, .1, .2, .3)]
    [InlineData(1.5, .4, .5, .6)]
    [InlineData(900, -3, 5, -2)]
    [InlineData(.01, 6, -4, 4)]
    public void Derivatives_of_the_zero_inflated_lognormal_agree_with_finite_differences(double label, double p, double mu, double s) =>
        Check(new ZeroInflatedLognormal<double>(), label, [p, mu, s]);

    [Fact]
    public void Derivatives_of_the_squared_error_agree_with_finite_differences()
    {
        Check(new SquaredError<double>(), 2.5, [.7]);
        Check(new SquaredError<double>(40), 90, [1.2]);
    }

    /// <summary>Below √ε the published loss holds σ, and its gradient is nothing.</summary>
    [Fact]
    public void Sigma_never_falls_below_the_root_of_epsilon()
    {
        var head = new ZeroInflatedLognormal<double>();
        double[] logits = [0, 1, -30];
        Assert.Equal(Math.Sqrt(1e-7), head.Distribution(logits).Sigma);
        var gradient = new double[3];
        Assert.True(double.IsFinite(head.Loss(logits, Math.E, gradient)));
        Assert.Equal(0, gradient[2]);
    }

    [Fact]
    public void A_scaled_zero_inflated_lognormal_predicts_no_more_than_the_best_customer_seen()
    {
        var head = new ZeroInflatedLognormal<float>().ScaledTo([0, 7, 90]);
        float[] wild = [50, 200, 3];
        Assert.Equal(float.PositiveInfinity, new ZeroInflatedLognormal<float>().Predict(wild));
        Assert.Equal(90, head.Predict(wild));
        var slope = new float[3];
        head.Slope(wild, slope);
        Assert.Equal(0, slope[1]);
    }

    [Fact]
    public void Constant_logits_fit_what_is_known_of_nobody()
    {
        var logits = new double[3];
        double[] targets = [0, 0, 0, 1, Math.Exp(2)];
        new ZeroInflatedLognormal<double>().Constant(targets, logits);
        var (buys, mu, sigma) = new ZeroInflatedLognormal<double>().Distribution(logits);
        Assert.Equal(2.5 / 6, buys, 1e-12);
        Assert.Equal(1, mu, 1e-12);
        Assert.Equal(1, sigma, 1e-12);
        var scaled = new SquaredError<double>().ScaledTo([10, 30]);
        scaled.Constant([10, 30], logits);
        Assert.Equal(20, scaled.Predict(logits), 1e-12);
        Assert.Equal(1, scaled.Loss(logits, 30, new double[1]), 1e-12);
    }

    [Fact]
    public void Heads_say_why_targets_cannot_be_learned()
    {
        Assert.Equal("all targets are the same", new SquaredError<double>().Refusal([3, 3, 3]));
        Assert.Null(new SquaredError<double>().Refusal([3, 3, -4]));
        var head = new ZeroInflatedLognormal<double>();
        Assert.Contains("-1", head.Refusal([0, -1]), StringComparison.Ordinal);
        Assert.Contains("only 0 targets are above zero", head.Refusal([0, 0]), StringComparison.Ordinal);
        Assert.Contains("the same", head.Refusal([.. Enumerable.Repeat(5.0, 10), 0]), StringComparison.Ordinal);
        Assert.Null(head.Refusal([.. Enumerable.Repeat(5.0, 10), 6, 0]));
    }

    private static void Check(IOutputLayer<double> head, double label, double[] logits)
    {
        var (gradient, slope, ignored) = (new double[logits.Length], new double[logits.Length], new double[logits.Length]);
        head.Loss(logits, label, gradient);
        head.Slope(logits, slope);
        for (var i = 0; i < logits.Length; i++)
        {
            var (above, below) = (logits.ToArray(), logits.ToArray());
            above[i] += 1e-6;
            below[i] -= 1e-6;
            var byLoss = (head.Loss(above, label, ignored) - head.Loss(below, label, ignored)) / 2e-6;
            var byPrediction = (head.Predict(above) - head.Predict(below)) / 2e-6;
            Assert.Equal(byLoss, gradient[i], 1e-7 * (1 + Math.Abs(byLoss)));
            Assert.Equal(byPrediction, slope[i], 1e-7 * (1 + Math.Abs(byPrediction)));
        }
    }
}
