using ClvOrleans.Valuation.Ensemble;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace ClvOrleans.Training.Learning;

/// <summary>
/// Gradient boosted trees by Microsoft.ML, taken over into plain arrays: its own prediction engine is not safe to call from many threads.
/// Trees are small and slow to learn, since a window of a store is one draw of a season however many customers it has.
/// </summary>
internal static class BoostedTrees
{
    private const int Trees = 120;
    private const int Leaves = 12;
    private const int LeastInLeaf = 40;
    private const double Rate = .05;

    // Threads wait for each other busily: on a shared machine more of them are slower, unless there is much to do.
    private const int RowsForThreads = 200_000;

    /// <summary>The logarithm of the odds of a class, by LightGBM (Ke et al. 2017).</summary>
    public static TreeEnsemble Classify(IReadOnlyList<BoostedRow> rows, int seed) =>
        OnDistinct(rows, (ml, view) => Of(Binary(ml, rows.Count, seed).Fit(view).Model), seed);

    /// <summary>The mean of a number, by LightGBM.</summary>
    public static TreeEnsemble Regress(IReadOnlyList<BoostedRow> rows, int seed) =>
        OnDistinct(rows, (ml, view) => Of(Regression(ml, rows.Count, seed).Fit(view).Model), seed);

    /// <summary>
    /// The logarithm of the mean of a number that is zero or positive, with Tweedie's deviance (Jørgensen 1987). Microsoft.ML gives
    /// LightGBM no such objective, but its FastTree has it.
    /// </summary>
    public static TreeEnsemble RegressTweedie(IReadOnlyList<BoostedRow> rows, int seed) =>
        OnDistinct(rows, (ml, view) => Of(Tweedie(ml, rows.Count, seed).Fit(view).Model), seed);

    internal static LightGbmBinaryTrainer Binary(MLContext ml, int rows, int seed) =>
        ml.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = nameof(BoostedRow.Hit),
            NumberOfIterations = Trees,
            NumberOfLeaves = Leaves,
            LearningRate = Rate,
            MinimumExampleCountPerLeaf = LeastInLeaf,
            HandleMissingValue = false,
            NumberOfThreads = ThreadsFor(rows),
            Seed = seed,
            Deterministic = true,
            Silent = true,
            Booster = Booster(),
        });

    internal static LightGbmRegressionTrainer Regression(MLContext ml, int rows, int seed) =>
        ml.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
        {
            NumberOfIterations = Trees,
            NumberOfLeaves = Leaves,
            LearningRate = Rate,
            MinimumExampleCountPerLeaf = LeastInLeaf,
            HandleMissingValue = false,
            NumberOfThreads = ThreadsFor(rows),
            Seed = seed,
            Deterministic = true,
            Silent = true,
            Booster = Booster(),
        });

    internal static FastTreeTweedieTrainer Tweedie(MLContext ml, int rows, int seed) =>
        ml.Regression.Trainers.FastTreeTweedie(new FastTreeTweedieTrainer.Options
        {
            Index = 1.5,
            NumberOfTrees = Trees,
            NumberOfLeaves = Leaves,
            LearningRate = Rate,
            MinimumExampleCountPerLeaf = LeastInLeaf,
            FeatureFraction = .5,
            NumberOfThreads = ThreadsFor(rows),
            Seed = seed,
        });

    /// <summary>The trees of a classifier, calibration included: Platt's is 1 / (1 + exp(slope × score + offset)).</summary>
    internal static TreeEnsemble Of(CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator> model)
    {
        var (trees, calibrator) = (Of(model.SubModel), model.Calibrator);
        return new TreeEnsemble(
            trees.Trees, [.. trees.Weights.Select(w => -calibrator.Slope * w)], (-calibrator.Slope * trees.Bias) - calibrator.Offset);
    }

    /// <summary>The trees of a model.</summary>
    internal static TreeEnsemble Of(TreeEnsembleModelParametersBasedOnRegressionTree model)
    {
        var ensemble = model.TrainedTreeEnsemble;
        return new TreeEnsemble([.. ensemble.Trees.Select(Of)], [.. ensemble.TreeWeights], ensemble.Bias);
    }

    // The trees ask for the columns by their place among all.
    private static TreeEnsemble OnDistinct(IReadOnlyList<BoostedRow> rows, Func<MLContext, IDataView, TreeEnsemble> fit, int seed)
    {
        var (ml, columns) = (new MLContext(seed), DistinctColumns.Of(rows));
        var narrow = rows.Select(r => new BoostedRow { Features = Array.ConvertAll(columns, c => r.Features[c]), Label = r.Label })
            .ToList();
        var trees = fit(ml, View(ml, narrow, columns.Length));
        return trees with { Trees = Array.ConvertAll(trees.Trees, t => t with { Feature = Array.ConvertAll(t.Feature, f => columns[f]) }) };
    }

    private static int ThreadsFor(int rows) => rows < RowsForThreads ? 1 : Environment.ProcessorCount;

    private static GradientBooster.Options Booster() =>
        new() { L2Regularization = 5, FeatureFraction = .5, SubsampleFraction = .7, SubsampleFrequency = 1 };

    private static IDataView View(MLContext ml, IReadOnlyList<BoostedRow> rows, int width)
    {
        var schema = SchemaDefinition.Create(typeof(BoostedRow));
        schema[nameof(BoostedRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private static DecisionTree Of(RegressionTree tree) => new(
        [.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds], [.. tree.LeftChild], [.. tree.RightChild],
        [.. tree.LeafValues]);
}
