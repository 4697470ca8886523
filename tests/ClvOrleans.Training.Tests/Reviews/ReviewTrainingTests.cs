using ClvOrleans.Tests;
using ClvOrleans.Training.Reviews;
using ClvOrleans.Valuation.Reviews;
using Microsoft.ML;
using Xunit;

namespace ClvOrleans.Training.Tests.Reviews;

public sealed class ReviewTrainingTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ratings_are_told_from_words_of_two_languages_and_both_figures_are_kept()
    {
        var training = ReviewTraining.Of(SimulatedReviews.Draw(600, 1, .9, Start), 1);
        var trial = training.Trial!;
        Assert.Equal((600, 120, true), (trial.Reviews, trial.HeldOut, trial.IsUsed));
        Assert.InRange(trial.Majority, .55, .75); // 65 % have five stars.
        Assert.InRange(trial.Right, .85, 1);
        Assert.Contains("reviews without a rating are scored", trial.Reason, StringComparison.Ordinal);

        var scorer = training.Scorer!;
        Assert.Equal([100, 100, 500, 500], ((string[])["Awful, a waste of money", "非常失望，浪费钱", "Love it! Works perfectly.", "特别喜欢，质量很好"])
            .Select(t => scorer.Score(t)!.Value.Likeliest));
    }

    [Fact]
    public void Words_that_say_nothing_of_the_stars_are_not_used()
    {
        var training = ReviewTraining.Of(SimulatedReviews.Draw(600, 2, 0, Start), 1);
        Assert.Null(training.Scorer);
        Assert.False(training.Trial!.IsUsed);
        Assert.Contains("no better beyond noise", training.Trial.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_latest_are_held_out_and_the_majority_is_that_of_the_others()
    {
        // One star until the latest fifth, which has five, in the same words: nothing is told right.
        var reviews = Enumerable.Range(0, 200)
            .Select(i => new RatedReview(Start.AddDays(i), i < 155 ? 100 : 500, i < 155 ? $"bad {i % 9}" : $"bad {i % 9} good")).ToArray();
        var trial = ReviewTraining.Of(reviews, 1).Trial!;
        Assert.Equal((40, 0.0), (trial.HeldOut, trial.Majority));
    }

    [Fact]
    public void Too_few_or_all_the_same_are_said_to_be()
    {
        Assert.Null(ReviewTraining.Of([], 1).Trial);
        Assert.Equal("100 reviews with words and a rating are needed", ReasonOf(SimulatedReviews.Draw(99, 1, 1, Start)));
        Assert.Equal(
            "all reviews have the same rating",
            ReasonOf([.. SimulatedReviews.Draw(200, 1, 1, Start).Select(r => r with { Rating = 480 })]));
        Assert.Equal("all reviews but the latest have the same rating", ReasonOf(
            [.. SimulatedReviews.Draw(200, 1, 1, Start).Select((r, i) => r with { Rating = i < 160 ? 100 : 500 })]));
        Assert.Equal("100 different ratings are more than 11", ReasonOf(
            [.. SimulatedReviews.Draw(200, 1, 1, Start).Select((r, i) => r with { Rating = i % 100 * 100 })]));

        static string ReasonOf(RatedReview[] reviews)
        {
            var training = ReviewTraining.Of(reviews, 1);
            Assert.Null(training.Scorer);
            return training.Trial!.Reason;
        }
    }

    [Fact]
    public void The_scorer_says_what_the_pipeline_of_Microsoft_ML_says()
    {
        // Signs that the pipeline names by a picture or parts n-grams by, emoji, and a space beside each.
        string[] signs = ["|", "<", ">", "< |>", "|| <␠>", "\u0001", "\u007F", "👍", "👎 ", "- "];
        var reviews = SimulatedReviews.Draw(500, 3, .8, Start)
            .Select((r, i) => r with { Text = $"{signs[i % signs.Length]}{r.Text}{signs[i * 7 % 10]}" }).ToArray();
        var scorer = ReviewPipeline.Fit(reviews, 1);
        var ml = new MLContext(1);
        var fresh = SimulatedReviews.Draw(200, 4, .8, Start).Select((r, i) => $"{signs[i % signs.Length]} {r.Text}").ToArray();
        var rows = ml.Data.LoadFromEnumerable(fresh.Select(t => new ReviewRow { Text = ReviewScorer.Normalise(t) }));
        var said = ml.Data.CreateEnumerable<Said>(ReviewPipeline.Fitted(reviews, 1).Transform(rows), reuseRowObject: false)
            .Select(s => (int)Math.Round((100 * s.Score[0]) + (300 * s.Score[1]) + (500 * s.Score[2]))).ToArray();
        Assert.True(said.Distinct().Count() > 50);
        Assert.All(said.Zip(fresh), s => Assert.InRange(scorer.Score(s.Second)!.Value.Expected, s.First - 1, s.First + 1));
    }

    [Fact]
    public void The_same_reviews_give_the_same_bytes()
    {
        var reviews = SimulatedReviews.Draw(300, 5, .8, Start);
        Assert.Equal(ReviewPipeline.Fit(reviews, 1).ToBytes(), ReviewPipeline.Fit(reviews, 1).ToBytes());
    }

    private sealed class Said
    {
        public float[] Score { get; set; } = [];
    }
}
