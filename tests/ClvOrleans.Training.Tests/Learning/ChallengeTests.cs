using ClvOrleans.Training.Histories;
using ClvOrleans.Training.Tests.Backtests;
using ClvOrleans.Valuation.Models;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

/// <summary>A training promotes by its own judgement: the ensemble only where walk-forward windows say that it is better.</summary>
public sealed class ChallengeTests
{
    private static readonly DateOnly End = new(2025, 6, 24);

    [Fact]
    public void Where_no_customer_is_better_than_another_the_simpler_model_is_promoted_and_says_why()
    {
        var (versions, log) = Train(Pasts.Exported("pool-in-force-though-worse", End));

        Assert.NotEqual("ensemble", versions[0].Family);
        Assert.Contains("not better beyond noise: over ", versions[0].Reason, StringComparison.Ordinal);
        Assert.Contains(log, l => l.StartsWith($"promoted {versions[0].Id} and not ensemble-1", StringComparison.Ordinal));
        Assert.Equal("ensemble", versions[^1].Family);
    }

    [Fact]
    public void Where_few_have_bought_no_ensemble_is_trained_and_the_version_says_why()
    {
        var (versions, _) = Train(Shop.Made(60).Until(400));

        Assert.DoesNotContain(versions, v => v.Family == "ensemble");
        Assert.Contains("fewer than", versions[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ensemble_that_ranks_better_on_the_past_is_promoted_with_the_figures()
    {
        var (versions, log) = Train(Pasts.OfSimulation(1_500, 5));

        Assert.Equal("ensemble", versions[0].Family);
        Assert.StartsWith("over 1 window of the past", versions[0].Reason, StringComparison.Ordinal);
        Assert.Contains(log, l => l.StartsWith("promoted ensemble-1, an ensemble on top of ", StringComparison.Ordinal));
    }

    private static (IReadOnlyList<ModelVersion> Versions, List<string> Log) Train(StoreHistory past)
    {
        var log = new List<string>();
        return (new ChampionTrainer(1, DateTimeOffset.UnixEpoch, _ => { }, log.Add).Train(past), log);
    }
}
