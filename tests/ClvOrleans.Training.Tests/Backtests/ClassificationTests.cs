using ClvOrleans.Training.Backtests;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Validation;
using ClvOrleans.Training.Validation.Metrics;
using Xunit;

namespace ClvOrleans.Training.Tests.Backtests;

/// <summary>Who will buy again. Worked by hand.</summary>
public sealed class ClassificationTests
{
    // At .5: found .9 and .5, missed .4; wrongly found .7, rightly left .2 and .1.
    private static readonly double[] Probability = [.9, .7, .5, .4, .2, .1];
    private static readonly bool[] Bought = [true, false, true, true, false, false];

    [Fact]
    public void Accuracy_precision_and_recall_count_right_and_wrong_predictions()
    {
        Assert.Equal(4.0 / 6, Classification.Accuracy(Probability, Bought, .5));
        Assert.Equal(2.0 / 3, Classification.Precision(Probability, Bought, .5));
        Assert.Equal(2.0 / 3, Classification.Recall(Probability, Bought, .5));
    }

    [Fact]
    public void Who_stands_on_the_threshold_is_predicted_to_buy()
    {
        // Just above .5, the one who has it is missed: found .9; right .9, .2, .1.
        Assert.Equal(3.0 / 6, Classification.Accuracy(Probability, Bought, .5000001));
        Assert.Equal(1.0 / 2, Classification.Precision(Probability, Bought, .5000001));
        Assert.Equal(1.0 / 3, Classification.Recall(Probability, Bought, .5000001));
    }

    [Fact]
    public void The_Brier_score_is_the_mean_squared_error_of_the_probability()
    {
        // .1², .7², .5², .6², .2², .1².
        Assert.Equal((.01 + .49 + .25 + .36 + .04 + .01) / 6, Classification.Brier(Probability, Bought), 1e-12);

        // The base rate for all: p (1 - p).
        Assert.Equal(.25 * .75, Classification.Brier([.25, .25, .25, .25], [true, false, false, false]), 1e-12);
    }

    [Fact]
    public void Precision_needs_someone_predicted_to_buy_and_recall_someone_who_bought()
    {
        Assert.Null(Classification.Precision([.4, 0], [true, false], .5));
        Assert.Equal(0, Classification.Recall([.4, 0], [true, false], .5));
        Assert.Equal(.5, Classification.Accuracy([.4, 0], [true, false], .5));

        // Nobody buys.
        Assert.Null(Classification.Recall([.9, .1], [false, false], .5));
        Assert.Equal(0, Classification.Precision([.9, .1], [false, false], .5));
        Assert.Equal((.81 + .01) / 2, Classification.Brier([.9, .1], [false, false]), 1e-12);

        // All buy, as was predicted.
        Assert.Equal(1, Classification.Precision([1, 1], [true, true], .5));
        Assert.Equal(1, Classification.Recall([1, 1], [true, true], .5));
        Assert.Equal(1, Classification.Accuracy([1, 1], [true, true], .5));
        Assert.Equal(0, Classification.Brier([1, 1], [true, true]));
        Assert.Null(Ranking.Auc([1, 1], [true, true]));
    }

    [Fact]
    public void A_model_is_judged_by_its_own_chance_of_buying_before_its_counts_and_by_these_before_its_orders()
    {
        Assert.Equal(.3, new Forecast(1, 9) { Counts = [.8, .2], Buys = .3 }.Buys);
        Assert.Equal(.25, new Forecast(1, 9) { Counts = [.75, .25] }.Buys);
        Assert.Null(new Forecast(1, 9).Buys);
        Assert.Equal(1 - Math.Exp(-.5), Forecast.OfRate(1, .5).Buys);

        // Of three, "a" and "b" buy. By orders alone there is a ranking, b > c > a, and no chance.
        var orders = Judge(c => new Forecast(1, c switch { "a" => .1, "b" => .9, _ => .5 }));
        Assert.Equal((.5, null, null, null, null), (orders.RepeatAuc, orders.Accuracy, orders.Precision, orders.Recall, orders.Brier));

        // By the chance "a" .6, "b" .2, "c" .1: a is found, b is missed.
        var chance = Judge(c => new Forecast(1, 1) { Buys = c switch { "a" => .6, "b" => .2, _ => .1 } });
        Assert.Equal((1.0, 2.0 / 3, 1.0, .5), (chance.RepeatAuc, chance.Accuracy, chance.Precision, chance.Recall));
        Assert.Equal((.16 + .64 + .01) / 3, chance.Brier!.Value, 1e-12);

        // From .15 on, b is found too.
        Assert.Equal(1, Judge(c => new Forecast(1, 1) { Buys = c switch { "a" => .6, "b" => .2, _ => .1 } }, .15).Recall);
    }

    [Fact]
    public void To_predict_nobody_has_an_accuracy_and_no_precision()
    {
        var score = Backtest.Run(Three(), Shop.Day(5), ForecastModels.Naive).Rows[2].Score!;

        Assert.Equal((1.0 / 3, null, 0.0, 2.0 / 3, .5), (score.Accuracy, score.Precision, score.Recall, score.Brier, score.RepeatAuc));
    }

    [Fact]
    public void The_mean_squared_error_is_in_squares_of_major_units()
    {
        // 30.00 for "a", 6.00 for "b", nothing for "c", each predicted 10.00: 20², 4², 10².
        var score = Judge(_ => new Forecast(1_000, 1));

        Assert.Equal((400 + 16 + 100) / 3.0, score.MeanSquaredError, 1e-9);
        Assert.Equal(Math.Sqrt(172), score.RootMeanSquaredError, 1e-9);
    }

    [Theory]
    [InlineData(1.01)]
    [InlineData(-.01)]
    [InlineData(double.NaN)]
    public void A_chance_that_is_no_probability_is_not_judged(double chance)
    {
        var row = Backtest.Run(Three(), Shop.Day(5), [new Fixed(_ => new Forecast(1, 1) { Buys = chance })]).Rows[0];

        Assert.Equal(("not scored: the forecast of customer a is not a number or not a probability", null), (row.Description, row.Score));
    }

    private static Score Judge(Func<string, Forecast> forecast, double threshold = .5) =>
        Backtest.Run(Three(), Shop.Day(5), [new Fixed(c => forecast(c.Id.Id))], new BacktestRules { Threshold = threshold }).Rows[0].Score!;

    private static StoreHistory Three() => new Shop()
        .Order("a", 1, 1_000).Order("b", 1, 1_000).Order("c", 1, 1_000).Order("a", 7, 3_000).Order("b", 8, 600).Until(10);
}
