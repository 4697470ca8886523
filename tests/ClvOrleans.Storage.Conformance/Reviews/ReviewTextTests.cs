using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Storage.Reviews;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Storage.Conformance.Reviews;

/// <summary><see cref="IReviewTexts"/>: the words lie beside the journal, not in it.</summary>
public class ReviewTextTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    [Fact]
    public async Task The_words_of_a_rated_review_are_kept_beside_the_journal_which_has_the_event_without_them()
    {
        var review = Review("m1", 1, "Very good. 很好。");
        var unrated = Review("m2", 2, "And later?") with { Rating = null, TextRating = 470 };
        await AppendAsync("anna", 0, review, unrated, Sample.PageView("m3"));

        CustomerEvent[] expected = [review with { ReviewText = null }, unrated with { ReviewText = null }];
        Assert.Equal(
            expected.Select(e => (e.Key, e.Rating, e.TextRating, e.ReviewText)),
            (await Store.Journal.ReadAsync(Sample.Customer("anna"), 0)).Take(2)
                .Select(e => (e.Event.Key, e.Event.Rating, e.Event.TextRating, e.Event.ReviewText)));
        Assert.Equal([new RatedReview(review.At, 400, "Very good. 很好。")], await Store.Reviews.ReadAsync(Shop, 10));
        Assert.Empty(await Store.Reviews.ReadAsync(Other, 10));
    }

    [Fact]
    public async Task The_latest_come_in_order_of_time_and_words_of_before_an_instant_go_without_a_trace_in_the_journal()
    {
        await AppendAsync("anna", 0, Review("m1", 3, "three"), Review("m2", 1, "one"), Review("m3", 2, "two"));
        Assert.Equal(["two", "three"], (await Store.Reviews.ReadAsync(Shop, 2)).Select(r => r.Text));

        var before = await Store.Journal.ReadAsync(Sample.Customer("anna"), 0);
        Assert.Equal(0, await Store.Reviews.PruneAsync(Other, Sample.Time.AddDays(3)));
        Assert.Equal(2, await Store.Reviews.PruneAsync(Shop, Sample.Time.AddDays(3)));
        Assert.Equal(0, await Store.Reviews.PruneAsync(Shop, Sample.Time.AddDays(3)));
        Assert.Equal(["three"], (await Store.Reviews.ReadAsync(Shop, 10)).Select(r => r.Text));
        Assert.Equal(
            before.Select(e => e.Event.ToString()),
            (await Store.Journal.ReadAsync(Sample.Customer("anna"), 0)).Select(e => e.Event.ToString()));
    }

    [Fact]
    public async Task Words_go_with_the_identity_that_becomes_another_and_those_that_both_sent_stay_once()
    {
        await AppendAsync("anna", 0, Review("m1", 1, "of both"));
        await AppendAsync("ann", 0, Review("m1", 1, "of both"), Review("m2", 2, "hers"));
        var merged = Sample.Commit("anna", 1) with
        {
            Events = [Review("m2", 2, "") with { ReviewText = null }],
            Row = Sample.Row(Sample.Customer("anna"), 2),
            Merged = new IdentityMerge(Sample.Customer("ann"), 2, 10),
        };
        await Store.Journal.AppendAsync(merged);
        Assert.Equal(["of both", "hers"], (await Store.Reviews.ReadAsync(Shop, 10)).Select(r => r.Text));
        Assert.Equal(["of both", "hers"], (await Store.Reviews.OfCustomerAsync(Sample.Customer("anna"))).Select(r => r.Text));
        Assert.Empty(await Store.Reviews.OfCustomerAsync(Sample.Customer("ann")));
    }

    [Fact]
    public async Task What_a_training_learned_of_reviews_is_kept_with_it_and_read_by_its_number()
    {
        var trial = new ReviewTrial(500, 100, .75, .5, .05, true, "because");
        await Store.Registry.AddTrainingAsync(Shop, Sample.Training(1) with { Reviews = trial, ReviewScorer = new byte[] { 1, 2, 3 } }, []);
        await Store.Registry.AddTrainingAsync(Shop, Sample.Training(2), []);
        var read = await Store.Registry.TrainingsAsync(Shop, 10);
        Assert.Equal([null, trial], read.Select(t => t.Reviews));
        Assert.All(read, t => Assert.True(t.ReviewScorer.IsEmpty));
        Assert.Equal([1, 2, 3], (await Store.Registry.FindReviewScorerAsync(Shop, 1)).ToArray());
        Assert.True((await Store.Registry.FindReviewScorerAsync(Shop, 2)).IsEmpty);
        Assert.True((await Store.Registry.FindReviewScorerAsync(Other, 1)).IsEmpty);
    }

    private static CustomerEvent Review(string message, int day, string text) => Sample.PageView(message) with
    {
        Kind = EventKind.ProductReviewed,
        At = Sample.Time.AddDays(day),
        Rating = 400,
        ReviewText = text,
    };

    private async Task AppendAsync(string customer, long expected, params CustomerEvent[] events) => await Store.Journal.AppendAsync(
        Sample.Commit(
            customer, expected) with
        { Events = [.. events], Row = Sample.Row(Sample.Customer(customer), expected + events.Length) });
}
