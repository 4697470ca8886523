using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Fitting;
using ClvOrleans.Training.Backtests.Models;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Learning;
using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Training;

/// <summary>Trains the models of a store: every buy-till-you-die family, and a stacked ensemble on top of the best of them.</summary>
/// <param name="number">Number of the training in the store; part of the versions' names.</param>
/// <param name="trainedAt">Now.</param>
/// <param name="enter">Told what is done.</param>
/// <param name="log">Told what came of it.</param>
/// <param name="cancellation">Stops between models.</param>
public sealed class ChampionTrainer(
    int number, DateTimeOffset trainedAt, Action<string> enter, Action<string> log, CancellationToken cancellation = default)
{
    private const int Seed = 1;

    /// <summary>
    /// The versions, the one to promote first: the ensemble where it wins its <see cref="Challenge"/>; otherwise the buy-till-you-die
    /// version that walk-forward validation chooses, and where the data are too short for that, the likeliest.
    /// </summary>
    /// <param name="past">The store's history.</param>
    /// <exception cref="FitException">No family could be fitted; the message says why.</exception>
    public IReadOnlyList<ModelVersion> Train(StoreHistory past)
    {
        var store = past.Store;
        var task = TaskOf(store.Horizon);
        enter("Fitting the buy-till-you-die models");
        var likeliest = ModelTrainer.Train(ModelTrainer.CustomersOf(past), past.End, trainedAt, number, past.Market, log, cancellation);
        enter("Scoring them on the last part of the data");
        var trials = HoldoutTrials.Of(past, task);
        var judged = trials?.Score(likeliest, cancellation) ?? likeliest;
        foreach (var version in judged)
        {
            Tell(version);
        }

        enter("Choosing the buy-till-you-die model by walk-forward validation");
        var (chosen, simpler) = Order(judged, past, task);
        enter("Collecting windows of the past");
        try
        {
            var (value, description) = ForecastModels.Stacked.Learn(past, task, enter, cancellation);
            log($"learned: {description}");
            enter("Comparing the ensemble with the simpler model by walk-forward validation");
            var challenge = simpler is null
                ? new Challenge(false, $"{chosen[0].Id} cannot be compared with it", null)
                : Challenge.Of(past, task, ForecastModels.Stacked, simpler, cancellation);
            var ensemble = VersionOf(value, description, chosen[0]) with { Holdout = challenge.Holdout, Reason = challenge.Reason };
            Tell(ensemble);
            if (challenge.IsWon)
            {
                log($"promoted {ensemble.Id}, an ensemble on top of {chosen[0].Id}: {challenge.Reason}");
                return [ensemble, .. chosen];
            }

            log($"promoted {chosen[0].Id} and not {ensemble.Id}, the ensemble on top of it: {challenge.Reason}");
            return [chosen[0] with { Reason = $"an ensemble is not better beyond noise: {challenge.Reason}" }, .. chosen.Skip(1), ensemble];
        }
        catch (FitException e)
        {
            log($"no ensemble was trained ({e.Message}); promoted {chosen[0].Id}");
            return [chosen[0] with { Reason = $"no ensemble was trained: {e.Message}" }, .. chosen.Skip(1)];
        }
    }

    /// <summary>The days, besides the history's end, as of which <see cref="Train"/> asks for customers.</summary>
    /// <param name="span">The days of the history.</param>
    /// <param name="horizon">How far the store forecasts.</param>
    /// <param name="market">Promotions, seasons and competitors.</param>
    public static IReadOnlyCollection<DateOnly> AsOfDays(HistorySpan span, Horizon horizon, MarketCalendar market)
    {
        var task = TaskOf(horizon);
        return
        [
            .. new WalkForwardChampion(ForecastModels.Baseline(market)).AsOfDays(span, task), .. Stacking.AsOfDays(span, task),
            .. HoldoutTrials.AsOfDays(span, task), .. Challenge.AsOfDays(span, task),
        ];
    }

    private static ForecastTask TaskOf(Horizon horizon) => new(ValueKind.Net, horizon, Seed);

    private void Tell(ModelVersion version) => log(version.Holdout is { } holdout
        ? FormattableString.Invariant(
            $"{version.Id} as of {holdout.CalibrationEnd:yyyy-MM-dd}: Gini {holdout.Gini:0.000}, Spearman {holdout.Spearman:0.000}, bias {holdout.Bias:0.00}")
        : $"{version.Id} could not be scored: too little came before the last part of the data");

    // Candidates that cannot be told apart stay in the order of their likelihoods. Few customers do not tell them apart.
    private (IReadOnlyList<ModelVersion> Versions, IForecastModel? First) Order(
        IReadOnlyList<ModelVersion> versions, StoreHistory past, ForecastTask task)
    {
        if (past.Buyers.IsEmpty)
        {
            return (versions, null);
        }

        var models = ForecastModels.Baseline(past.Market).ToDictionary(m => $"{m.Name}-{number}");
        IForecastModel[] candidates = [.. versions.Select(v => models.GetValueOrDefault(v.Id)).OfType<IForecastModel>()];
        var first = past.Buyers.Length < SmallStore.Customers ? candidates[0] : new WalkForwardChampion(candidates).Rank(past, task)[0];
        var best = versions.First(v => v.Id == $"{first.Name}-{number}");
        return ([best with { Intervals = IntervalFit.Of(first, past, task) }, .. versions.Where(v => v != best)], first);
    }

    private ModelVersion VersionOf(StackedValue value, string description, ModelVersion lifetime) => new()
    {
        Id = $"{StackedModel.Family}-{number}",
        Family = StackedModel.Family,
        Parameters = value.BaseLearners.Zip(value.Weights.Weights).ToImmutableSortedDictionary(m => m.First.Name, m => m.Second),
        Description = $"{description}; probabilities by {lifetime.Id}",
        MeanSpend = lifetime.MeanSpend,
        Training = number,
        TrainedAt = trainedAt,
        DataFrom = lifetime.DataFrom,
        DataUntil = lifetime.DataUntil,
        Bins = lifetime.Bins,
        Customers = lifetime.Customers,
        Purchases = lifetime.Purchases,
        Body = new LearnedBody(value, lifetime).ToBytes(),
    };
}
