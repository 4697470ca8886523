using ClvOrleans.Valuation.Ensemble;
using ClvOrleans.Valuation.Explanations;

namespace ClvOrleans.Valuation.Tests.Ensemble;

public sealed class TreeShapleyTests
{
    /// <summary>
    /// x ≤ 0 ? 0 : (y ≤ 0 ? 10 : 40), from (0, 0) to (1, 1): x alone adds 10, y alone nothing, both 40. By hand 25 and 15.
    /// </summary>
    [Fact]
    public void Two_features_share_what_they_only_do_together()
    {
        var tree = new DecisionTree([0, 1], [0, 0], [-1, -2], [1, -3], [0, 10, 40]);

        Assert.Equal([25, 15], Shares(new TreeEnsemble([tree], [1], 7), [1, 1], [0, 0]));
    }

    [Fact]
    public void Shares_are_those_of_all_subsets()
    {
        // One to ten features and up to 16 leaves, so that paths ask for the same feature several times; some numbers are not known.
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var width = random.Next(1, 11);
            var trees = Ensemble(random, width, random.Next(0, 6), 16);
            var (row, baseline) = (Row(random, width), Row(random, width));

            var expected = ShapleyValues.Of(width, set => trees.Score(Mixed(row, baseline, set)));
            Assert.Equal(expected, Shares(trees, row, baseline), (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void Shares_add_up_to_the_difference_of_the_scores()
    {
        var random = new Random(12);
        for (var round = 0; round < 50; round++)
        {
            var trees = Ensemble(random, 60, 120, 12);
            var (row, baseline) = (Row(random, 60), Row(random, 60));

            Assert.Equal(trees.Score(row) - trees.Score(baseline), Shares(trees, row, baseline).Sum(), 1e-11);
        }
    }

    [Fact]
    public void A_feature_that_no_tree_asks_for_gets_exactly_nothing()
    {
        var random = new Random(13);
        var trees = Ensemble(random, 5, 20, 12);

        Assert.Equal(0, Shares(trees, [.. Row(random, 5), 9], [.. Row(random, 5), -9])[5]);
    }

    [Fact]
    public void Features_that_do_the_same_get_the_same()
    {
        // a > 0 and b > 0 are asked for in either order; all that is else asked for is c.
        DecisionTree[] trees =
        [
            new([0, 1, 2], [0, 0, .5f], [-1, -2, -3], [1, 2, -4], [1, 2, 5, 9]),
            new([1, 0, 2], [0, 0, .5f], [-1, -2, -3], [1, 2, -4], [1, 2, 5, 9]),
        ];
        var shares = Shares(new TreeEnsemble(trees, [.7, .7], 0), [1, 1, 1], [0, 0, 0]);

        Assert.Equal(shares[0], shares[1], 1e-15);
        Assert.True(shares[0] > shares[2] && shares[2] > 0);
    }

    [Fact]
    public void A_row_against_itself_has_nothing_to_share()
    {
        var random = new Random(14);
        var (trees, row) = (Ensemble(random, 8, 50, 12), Row(random, 8));

        Assert.All(Shares(trees, row, row), s => Assert.Equal(0, s));
    }

    [Fact]
    public void Deep_trees_are_shared_out_without_overflow()
    {
        // A chain of 300 features: the leaf at its end is reached with all of them, and each adds the same.
        const int depth = 300;
        var chain = new DecisionTree(
            [.. Enumerable.Range(0, depth)], new float[depth], [.. Enumerable.Range(0, depth).Select(i => ~i)],
            [.. Enumerable.Range(1, depth).Select(i => i < depth ? i : ~depth)], [.. new double[depth], 600]);

        Assert.All(Shares(
            new TreeEnsemble([chain], [1], 0), Enumerable.Repeat(1f, depth).ToArray(), new float[depth]), s => Assert.Equal(2, s, 1e-10));
    }

    [Fact]
    public void Shares_are_added_to_what_is_there_and_nothing_is_allocated()
    {
        var random = new Random(15);
        var (trees, row, baseline) = (Ensemble(random, 60, 120, 12), Row(random, 60), Row(random, 60));
        var once = Shares(trees, row, baseline);
        var twice = Shares(trees, row, baseline);
        var before = GC.GetAllocatedBytesForCurrentThread();
        TreeShapley.Add(trees, row, baseline, twice);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(once.Select(s => 2 * s), twice, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(2, 3, 3)]
    [InlineData(3, 2, 3)]
    [InlineData(3, 3, 2)]
    public void Rows_of_different_lengths_are_refused(int row, int baseline, int shares) => Assert.Throws<ArgumentException>(
        () => TreeShapley.Add(new TreeEnsemble([], [], 0), new float[row], new float[baseline], new double[shares]));

    private static double[] Shares(TreeEnsemble trees, float[] row, float[] baseline)
    {
        var shares = new double[row.Length];
        TreeShapley.Add(trees, row, baseline, shares);
        return shares;
    }



    private static float[] Mixed(float[] row, float[] baseline, int set) =>
        [.. row.Select((x, i) => (set & (1 << i)) != 0 ? x : baseline[i])];

    private static float[] Row(Random random, int width) =>
        [.. Enumerable.Range(0, width).Select(_ => random.Next(20) == 0 ? float.NaN : (float)random.NextDouble())];

    private static TreeEnsemble Ensemble(Random random, int width, int trees, int leaves) => new(
        [.. Enumerable.Range(0, trees).Select(_ => Tree(random, width, random.Next(1, leaves + 1)))],
        [.. Enumerable.Range(0, trees).Select(_ => random.NextDouble())],
        random.NextDouble());

    /// <summary>Grows a tree by parting a leaf chosen at random until it has so many.</summary>
    private static DecisionTree Tree(Random random, int width, int leaves)
    {
        var (left, right) = (new int[leaves - 1], new int[leaves - 1]);
        List<Action<int>> set = [_ => { }];
        for (var node = 0; node < leaves - 1; node++)
        {
            var (at, chosen) = (node, random.Next(set.Count));
            set[chosen](node);
            set[chosen] = child => left[at] = child;
            set.Add(child => right[at] = child);
        }

        for (var leaf = 0; leaf < set.Count; leaf++)
        {
            set[leaf](~leaf);
        }

        return new DecisionTree(
            [.. left.Select(_ => random.Next(width))], [.. left.Select(_ => (float)random.NextDouble())], left, right,
            [.. Enumerable.Range(0, leaves).Select(_ => (2 * random.NextDouble()) - 1)]);
    }
}
