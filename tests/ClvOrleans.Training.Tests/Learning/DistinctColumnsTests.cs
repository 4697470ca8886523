using ClvOrleans.Training.Learning;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

public sealed class DistinctColumnsTests
{
    [Fact]
    public void Of_columns_that_repeat_each_other_the_first_stays_and_constant_ones_go()
    {
        // A count, a constant, twice the count, the count in other words for one row in a hundred, and something else.
        var rows = Enumerable.Range(0, 1_000).Select(i => Row(i % 17, 5, 2 * (i % 17), (i % 17) + (i % 100 == 0 ? 1 : 0), i * 7 % 13))
            .ToList();

        Assert.Equal([0, 4], DistinctColumns.Of(rows));
    }

    [Fact]
    public void Rows_that_are_all_alike_keep_a_column_to_learn_the_mean_by() =>
        Assert.Equal([0], DistinctColumns.Of([.. Enumerable.Repeat(Row(3, 3), 50)]));

    [Fact]
    public void Trees_ask_for_columns_by_their_place_among_all()
    {
        var rows = Enumerable.Range(0, 2_000).Select(i => Row(1, i % 2, i % 2, i * 31 % 97)).ToList();
        var trees = BoostedTrees.Regress([.. rows.Select(r => new BoostedRow { Features = r.Features, Label = 10 * r.Features[1] })], 1);

        Assert.True(trees.Score([1, 1, 1, 40]) > trees.Score([1, 0, 0, 40]) + 5);
        Assert.All(trees.Trees.SelectMany(t => t.Feature), f => Assert.True(f is 1 or 3));
    }

    private static BoostedRow Row(params float[] features) => new() { Features = features, Label = 1 };
}
