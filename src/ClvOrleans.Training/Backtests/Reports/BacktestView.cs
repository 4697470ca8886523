using System.Text.Json;
using ClvOrleans.Training.Movements;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>A backtest as programs read it.</summary>
public sealed record BacktestView
{
    /// <summary>How it is written as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    /// <summary>Last day that the models saw.</summary>
    public required DateOnly CalibrationEnd { get; init; }

    /// <summary>Last day of the holdout.</summary>
    public required DateOnly HoldoutEnd { get; init; }

    /// <summary>Which value was judged: gross, net or margin.</summary>
    public required string Value { get; init; }

    /// <summary>Currency of the amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>Customers who were judged.</summary>
    public required int Customers { get; init; }

    /// <summary>Those who bought in the holdout.</summary>
    public required int BoughtAgain { get; init; }

    /// <summary>Their share: what the accuracy of a model has to be read against.</summary>
    public required double BaseRate { get; init; }

    /// <summary>Probability from which a customer is predicted to buy again.</summary>
    public required double Threshold { get; init; }

    /// <summary>Number of folds of the cross-validation; null without one.</summary>
    public int? Folds { get; init; }

    /// <summary>Their purchase days in the holdout.</summary>
    public required long ActualOrders { get; init; }

    /// <summary>Their value in the holdout, in major units.</summary>
    public required decimal ActualValue { get; init; }

    /// <summary>One entry a model.</summary>
    public required IReadOnlyList<ModelView> Models { get; init; }

    /// <summary>How forecasts moved through the holdout; null where that was not asked for.</summary>
    public MovementView? Movement { get; init; }

    /// <summary>Makes it.</summary>
    public static BacktestView Of(BacktestResult result) => new()
    {
        CalibrationEnd = result.Past.End,
        HoldoutEnd = result.HoldoutEnd,
        Value = result.Task.Value.ToString().ToLowerInvariant(),
        Currency = result.Past.Store.Currency.Code,
        Customers = result.Outcomes.Length,
        BoughtAgain = result.Outcomes.Count(o => o.Orders > 0),
        BaseRate = (double)result.Outcomes.Count(o => o.Orders > 0) / result.Outcomes.Length,
        Threshold = result.Rules.Threshold,
        Folds = result.Rules.Folds,
        ActualOrders = result.Outcomes.Sum(o => (long)o.Orders),
        ActualValue = result.Outcomes.Sum(o => result.Past.Store.Currency.ToMajor(o.Value)),
        Models =
        [
            .. result.Rows.Select(r => new ModelView(
                r.Model,
                r.Description,
                r.Score,
                r.FitTime.TotalSeconds,
                r.ForecastTime.TotalSeconds,
                [.. ScoreColumn.All.Select(c => Spread.Of(c, r.Folds)).OfType<Spread>()])),
        ],
    };

    /// <summary>One model.</summary>
    /// <param name="Model">Its name.</param>
    /// <param name="Description">What was fitted or chosen; the reason where it was not.</param>
    /// <param name="Score">How well it did; null where it was not fitted.</param>
    /// <param name="FitSeconds">Time to learn.</param>
    /// <param name="PredictSeconds">Time to forecast all customers.</param>
    /// <param name="OverFolds">The figures over the folds; empty without cross-validation.</param>
    public sealed record ModelView(
        string Model, string Description, Score? Score, double FitSeconds, double PredictSeconds, IReadOnlyList<Spread> OverFolds);
}
