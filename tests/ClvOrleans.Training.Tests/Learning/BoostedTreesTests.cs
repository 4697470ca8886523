using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Validation;
using ClvOrleans.Valuation.Ensemble;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class BoostedTreesTests
{
    private const int Width = 4;

    [Fact]
    public void Our_scorer_says_what_the_library_says()
    {
        var rows = Rows();
        var trainers = new MLContext(1);
        var view = trainers.Data.LoadFromEnumerable(rows, Schema());
        var classes = BoostedTrees.Binary(trainers, rows.Count, 1).Fit(view);
        var numbers = BoostedTrees.Regression(trainers, rows.Count, 1).Fit(view);
        var tweedie = BoostedTrees.Tweedie(trainers, rows.Count, 1).Fit(view);

        Agree(Scores(classes.Transform(view), "Probability"), BoostedTrees.Of(classes.Model), score => 1 / (1 + Math.Exp(-score)));
        Agree(Scores(numbers.Transform(view), "Score"), BoostedTrees.Of(numbers.Model), score => score);
        Agree(Scores(tweedie.Transform(view), "Score"), BoostedTrees.Of(tweedie.Model), Math.Exp);

        void Agree(float[] library, Valuation.Ensemble.TreeEnsemble ours, Func<double, double> link)
        {
            Assert.True(ours.Trees.Length > 50);
            for (var i = 0; i < rows.Count; i++)
            {
                Assert.Equal(library[i], link(ours.Score(rows[i].Features)), 2e-6 * Math.Max(1, Math.Abs(library[i])));
            }
        }

        float[] Scores(IDataView scored, string column) => [.. scored.GetColumn<float>(column)];
    }

    [Fact]
    public void The_same_rows_and_seed_give_the_same_trees()
    {
        var (one, other) = (BoostedTrees.Classify(Rows(), 7), BoostedTrees.Classify(Rows(), 7));

        Assert.All(Rows(), r => Assert.Equal(one.Score(r.Features), other.Score(r.Features)));
    }

    [Fact]
    public void What_is_not_known_has_a_place_of_its_own()
    {
        var row = new float[3];
        TreeRow.Write([double.NaN, 0, double.PositiveInfinity], row);

        Assert.Equal([-1, 0, -1], row);
    }

    private static SchemaDefinition Schema()
    {
        var schema = SchemaDefinition.Create(typeof(BoostedRow));
        schema[nameof(BoostedRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Width);
        return schema;
    }

    private static List<BoostedRow> Rows()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, 2_000).Select(_ =>
        {
            var features = Enumerable.Range(0, Width).Select(_ => (float)random.NextDouble()).ToArray();
            return new BoostedRow { Features = features, Label = random.NextDouble() < features[0] ? features[1] + (2 * features[2]) : 0 };
        })];
    }
}
