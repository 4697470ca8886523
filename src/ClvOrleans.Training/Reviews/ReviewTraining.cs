using System.Globalization;
using ClvOrleans.Valuation.Reviews;

namespace ClvOrleans.Training.Reviews;

/// <summary>What a training learns of the words of a store's own rated reviews.</summary>
/// <param name="Trial">How well it did on the latest, held out; null where there were no reviews.</param>
/// <param name="Scorer">What scores reviews from now on, fitted to all of them; null where it is not to be used.</param>
public sealed record ReviewTraining(ReviewTrial? Trial, ReviewScorer? Scorer)
{
    /// <summary>Reviews from which something is learned.</summary>
    public const int Least = 100;

    /// <summary>Reviews that are learned from: the latest.</summary>
    public const int Most = 20_000;

    private const int MostRatings = 11;
    private const double Beyond = 1.96;

    /// <summary>Learns.</summary>
    /// <param name="reviews">The reviews in order of time, at most <see cref="Most"/>.</param>
    /// <param name="seed">Of Microsoft.ML.</param>
    /// <param name="cancellation">Stops between two fits.</param>
    public static ReviewTraining Of(IReadOnlyList<RatedReview> reviews, int seed, CancellationToken cancellation = default)
    {
        if (reviews.Count == 0)
        {
            return new ReviewTraining(null, null);
        }

        var ratings = reviews.Select(r => ReviewPipeline.StarsOf(r.Rating)).Distinct().Count();
        if (reviews.Count < Least || ratings is < 2 or > MostRatings)
        {
            return Unused(reviews.Count < Least ? $"{Least} reviews with words and a rating are needed"
                : ratings < 2 ? "all reviews have the same rating"
                : $"{ratings} different ratings are more than {MostRatings}");
        }

        var held = reviews.Count / 5;
        var learned = reviews.SkipLast(held).ToArray();
        var majority = learned.GroupBy(r => ReviewPipeline.StarsOf(r.Rating))
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
        cancellation.ThrowIfCancellationRequested();
        var trial = learned.All(r => ReviewPipeline.StarsOf(r.Rating) == majority)
            ? null
            : Judge(reviews.TakeLast(held), majority, ReviewPipeline.Fit(learned, seed), reviews.Count);
        cancellation.ThrowIfCancellationRequested();
        return trial is null ? Unused("all reviews but the latest have the same rating")
            : new ReviewTraining(trial, trial.IsUsed ? ReviewPipeline.Fit(reviews, seed) : null);

        ReviewTraining Unused(string reason) => new(new ReviewTrial(reviews.Count, 0, 0, 0, 0, false, reason), null);
    }

    private static ReviewTrial Judge(IEnumerable<RatedReview> held, int majority, ReviewScorer scorer, int count)
    {
        var judged = held.Select(r => (
            Told: (scorer.Score(r.Text)?.Likeliest ?? majority) == ReviewPipeline.StarsOf(r.Rating) ? 1.0 : 0,
            Plain: ReviewPipeline.StarsOf(r.Rating) == majority ? 1.0 : 0)).ToArray();
        var gains = judged.Select(j => j.Told - j.Plain).ToArray();
        var gain = gains.Average();
        var noise = Math.Sqrt(gains.Sum(g => (g - gain) * (g - gain)) / (gains.Length - 1) / gains.Length);
        var (right, plain) = (judged.Average(j => j.Told), judged.Average(j => j.Plain));
        var isUsed = gain > Beyond * noise;
        var outcome = isUsed ? "reviews without a rating are scored" : "no better beyond noise, reviews without a rating stay without";
        return new ReviewTrial(count, gains.Length, right, plain, noise, isUsed, string.Create(
            CultureInfo.InvariantCulture,
            $"{right:0.0%} of {gains.Length} held-out ratings are right, {plain:0.0%} by the most frequent rating: {outcome}"));
    }
}
