using System.Collections.Immutable;
using ClvOrleans.Valuation.Reviews;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace ClvOrleans.Training.Reviews;

/// <summary>
/// Learns ratings from words by Microsoft.ML: characters, their n-grams, those of them that are no rarity, and a maximum-entropy model.
/// What it fitted is taken over into a <see cref="ReviewScorer"/>: its own prediction engine is not safe to call from many threads.
/// </summary>
internal static class ReviewPipeline
{
    // An n-gram of fewer reviews says more of who wrote them.
    private const int LeastReviews = 5;
    private const int MostGrams = 1_000_000;
    private const float Ridge = .1f;
    private const string Space = "<␠>";

    /// <summary>The model of some reviews, and the scorer that is taken over from it.</summary>
    public static ReviewScorer Fit(IReadOnlyCollection<RatedReview> reviews, int seed) => Taken(Fitted(reviews, seed));

    internal static TransformerChain<MulticlassPredictionTransformer<MaximumEntropyModelParameters>> Fitted(
        IReadOnlyCollection<RatedReview> reviews, int seed)
    {
        var ml = new MLContext(seed);
        var rows = reviews.Select(r => new ReviewRow { Text = ReviewScorer.Normalise(r.Text), Stars = StarsOf(r.Rating) });
        var pipeline = ml.Transforms.Conversion.MapValueToKey(
                "Label", nameof(ReviewRow.Stars), keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(ml.Transforms.Text.TokenizeIntoCharactersAsKeys("Characters", nameof(ReviewRow.Text), useMarkerCharacters: false))
            .Append(ml.Transforms.Text.ProduceNgrams(
                "Grams", "Characters", ngramLength: ReviewScorer.LongestGram, maximumNgramsCount: MostGrams))
            .Append(ml.Transforms.FeatureSelection.SelectFeaturesBasedOnCount("Common", "Grams", LeastReviews))
            .Append(ml.Transforms.NormalizeLpNorm("Features", "Common"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = 0,
                L2Regularization = Ridge,
                MaximumNumberOfIterations = 100,
                NumberOfThreads = 1,
                ShowTrainingStatistics = false,
            }));
        return pipeline.Fit(ml.Data.LoadFromEnumerable(rows));
    }

    /// <summary>A rating in whole stars, in hundredths.</summary>
    internal static int StarsOf(int rating) => (int)Math.Round(rating / 100.0) * 100;

    private static ReviewScorer Taken(TransformerChain<MulticlassPredictionTransformer<MaximumEntropyModelParameters>> model)
    {
        var schema = model.GetOutputSchema(SchemaOf());
        var stars = new VBuffer<int>();
        schema["Label"].GetKeyValues(ref stars);
        var names = new VBuffer<ReadOnlyMemory<char>>();
        schema["Features"].GetSlotNames(ref names);
        VBuffer<float>[] weights = [];
        model.LastTransformer.Model.GetWeights(ref weights, out var classes);
        var columns = weights.Select(w => w.DenseValues().ToArray()).ToArray();
        return new ReviewScorer(
            [.. stars.DenseValues()], [.. model.LastTransformer.Model.GetBiases()], [.. names.DenseValues().Select(n => GramOf(n.Span))],
            [.. Enumerable.Range(0, names.Length).SelectMany(i => columns.Select(c => c[i]))]);
    }

    private static DataViewSchema SchemaOf() => new MLContext().Data.LoadFromEnumerable<ReviewRow>([]).Schema;

    // Characters are parted by '|', and a space, the only one of those that nobody sees which is left, is named "<␠>".
    private static string GramOf(ReadOnlySpan<char> name)
    {
        Span<char> gram = stackalloc char[ReviewScorer.LongestGram];
        var length = 0;
        for (var at = 0; at < name.Length; at++)
        {
            var isSpace = name[at..].StartsWith(Space, StringComparison.Ordinal);
            gram[length++] = isSpace ? ' ' : name[at];
            at += isSpace ? Space.Length : 1;
        }

        return new string(gram[..length]);
    }
}
