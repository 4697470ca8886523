using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Validation;
using MathNet.Numerics.Distributions;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>What counting hidden steps adds where customers buy at regular gaps, and costs where they do not: docs/backtests.md.</summary>
public sealed class RegularBuyersTests
{
    private const int Days = 546;

    [Fact]
    public void Regular_gaps_are_found_and_used()
    {
        var (poisson, erlang) = Judge(3);

        Assert.Contains("k 3", erlang.Description, StringComparison.Ordinal);
        Assert.True(erlang.Score!.LogScore > poisson.Score!.LogScore + .05, $"{poisson.Score.LogScore} became {erlang.Score.LogScore}");
        Assert.True(erlang.Score.Gini > poisson.Score.Gini + .01, $"{poisson.Score.Gini} became {erlang.Score.Gini}");
        Assert.True(erlang.Score.RepeatAuc > poisson.Score.RepeatAuc, $"{poisson.Score.RepeatAuc} became {erlang.Score.RepeatAuc}");
    }

    [Fact]
    public void Where_there_are_none_it_is_the_model_without()
    {
        var (poisson, erlang) = Judge(1);

        Assert.Equal(poisson.Description, erlang.Description);
        Assert.Equal(poisson.Score!.LogScore, erlang.Score!.LogScore);
    }

    private static (BacktestRow Poisson, BacktestRow Erlang) Judge(int k)
    {
        var rows = Backtest.Run(Customers(k, 7).Until(Days), Shop.Day(364), ForecastModels.Find(["mbg-nbd", "mbg-cnbd-k"])).Rows;
        return (rows[0], rows[1]);
    }

    // MBG/CNBD-k: gaps of k exponential steps whose rate is gamma(3, 18 / k) in weeks, a mean gap of nine weeks whatever k; out after a
    // purchase, the first included, with a chance of beta(.6, 3).
    private static Shop Customers(int k, int seed)
    {
        var random = new Random(seed);
        var shop = new Shop();
        for (var i = 0; i < 2_000; i++)
        {
            var (rate, drops, day) = (Gamma.Sample(random, 3, 18.0 / k), Beta.Sample(random, .6, 3), 182 * random.NextDouble());
            do
            {
                shop.Order($"c{i:0000}", (int)day, 1_000 + random.Next(4_000));
                day += Math.Max(1, Gamma.Sample(random, k, rate) * 7);
            }
            while (day < Days && random.NextDouble() > drops);
        }

        return shop;
    }
}
