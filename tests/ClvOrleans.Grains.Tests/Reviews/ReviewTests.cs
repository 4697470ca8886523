using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Grains.Customers;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Reviews;
using ClvOrleans.Grains.Tests.Trainings;
using ClvOrleans.Grains.Trainings;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Tests;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Tests.Reviews;

/// <summary>From the words of reviews to a customer's ratings, on two silos.</summary>
public sealed class ReviewTests(StoreCluster cluster) : IClassFixture<StoreCluster>
{
    private readonly Domain.Stores.StoreId _store = AnyStore.WithChampions;

    [Fact]
    public async Task Reviews_without_stars_are_scored_by_what_a_training_learned_and_removing_words_changes_no_customer()
    {
        var now = cluster.Time.GetUtcNow();
        var anna = CustomerId.OfUser(_store, "anna");
        await new Buyers(cluster.Journal, _store, DateOnly.FromDateTime(now.Date)).AddAsync(60, new(2025, 6, 1), new(2026, 6, 14));

        // Nothing is in force that could score it, now or later.
        await RecordAsync(0, Review(anna, "early", now.AddDays(-2), "Love it, excellent quality"));
        var rated = SimulatedReviews.Draw(300, 1, .9, now.AddDays(-320));
        await RecordAsync(
            1, [.. rated.Select((r, i) => Review(CustomerId.OfUser(_store, $"r{i % 20}"), $"rated-{i}", r.At, r.Text, r.Rating))]);
        await TrainAsync();

        await RecordAsync(0, Review(anna, "bad", now.AddHours(-2), "Awful! A waste of money, broke after a day."));
        await RecordAsync(1, Review(anna, "good", now.AddHours(-1), "特别喜欢，质量很好"));
        var (bad, good) = (await ScoreAsync(anna, "bad"), await ScoreAsync(anna, "good"));
        Assert.Null(await ScoreAsync(anna, "early"));
        Assert.InRange(bad!.Value, 100, 250);
        Assert.InRange(good!.Value, 400, 500);
        var summary = (await cluster.Rows.FindAsync(anna))!.Summary;
        Assert.Equal(((bad + good) / 2, good, 3), (summary.MeanRating, summary.LastRating, summary.Counts[EventKind.ProductReviewed]));

        // The same review again is the same event, whatever it would be scored as now.
        await RecordAsync(1, Review(anna, "bad", now.AddHours(-2), "Love it"));
        Assert.Equal(bad, await ScoreAsync(anna, "bad"));

        // Beyond the days that they are kept all words go, those of the unrated were never kept, and everyone is who they were.
        var before = await StateAsync(anna, CustomerId.OfUser(_store, "r7"));
        var texts = cluster.Service<IReviewTexts>(0);
        Assert.Equal(300, (await texts.ReadAsync(_store, 1_000)).Count);
        Keep(10);
        await RecordAsync(0, Review(anna, "old", now.AddDays(-11), "Fine for the price", 300));
        Assert.DoesNotContain(await texts.ReadAsync(_store, 1_000), r => r.Text == "Fine for the price");
        await PruneAsync(texts);
        Assert.Equal(before[1], (await StateAsync(CustomerId.OfUser(_store, "r7")))[0]);
        Assert.Equal(before[0], CustomerState.Fold(
            (await cluster.Journal.ReadAsync(anna, 0)).Select(e => e.Event).Where(e => e.MessageId != "old"),
            AnyStore.SettingsOf(_store)).ToBytes());
    }

    private static RoutedEvent Review(CustomerId who, string message, DateTimeOffset at, string words, int? rating = null) =>
        new(who, Sent.Event(message, EventKind.ProductReviewed, 0) with { At = at, ReviewText = words, Rating = rating });

    private async Task RecordAsync(int silo, params RoutedEvent[] events) =>
        Assert.All(
            await cluster.Router(silo).RecordAsync(events), o => Assert.True(o.Kind is OutcomeKind.Recorded or OutcomeKind.Duplicate));

    private void Keep(int days)
    {
        for (var silo = 0; silo < cluster.Silos.Count; silo++)
        {
            cluster.Service<IOptions<ReviewOptions>>(silo).Value.KeepDays = days;
        }
    }

    private async Task TrainAsync()
    {
        var jobs = cluster.Service<StoreJobs>(0);
        await jobs.WaitAsync(
            _store, (await jobs.BeginAsync(_store, JobKind.Training, "", new TrainingRequest(null, TrainingCause.Asked))).Job);
        var training = Assert.Single(await cluster.Registry.TrainingsAsync(_store, 10));
        Assert.True(training.Reviews!.IsUsed);
        Assert.Contains(training.Log, l => l.Text.StartsWith("300 reviews with words and a rating: ", StringComparison.Ordinal));
        for (var silo = 0; silo < cluster.Silos.Count; silo++)
        {
            await cluster.Service<ChampionHost>(silo).RefreshAsync(CancellationToken.None);
            Assert.NotNull(cluster.Service<IChampions>(silo).Find(_store).Reviews);
        }
    }

    private async Task<int?> ScoreAsync(CustomerId customer, string message) =>
        (await cluster.Journal.ReadAsync(customer, 0)).Single(e => e.Event.MessageId == message).Event.TextRating;

    private async Task<byte[][]> StateAsync(params CustomerId[] customers) => await Task.WhenAll(customers.Select(async c =>
        CustomerState.Fold((await cluster.Journal.ReadAsync(c, 0)).Select(e => e.Event), AnyStore.SettingsOf(_store)).ToBytes()));

    // The store's round of the day, which goes on after the call.
    private async Task PruneAsync(IReviewTexts texts)
    {
        await cluster.Grains.GetRefresh(_store).WatchAsync();
        while ((await texts.ReadAsync(_store, 1)).Count > 0)
        {
            await Pause.ShortAsync();
        }
    }
}
