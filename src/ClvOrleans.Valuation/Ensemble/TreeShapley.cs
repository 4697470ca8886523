namespace ClvOrleans.Valuation.Ensemble;

/// <summary>
/// Exact Shapley values of a score against one baseline row, where features that have not joined are the baseline's (Lundberg et al. 2020,
/// "From local explanations to global understanding with explainable AI for trees", the independent TreeExplainer). Of all sets of features
/// those alone matter that reach another leaf: a leaf v to which n features must go the row's way and m the baseline's is reached by sets
/// with those n and without those m, so that each of the n gets v (n - 1)! m! / (n + m)! of it and each of the m loses v n! (m - 1)! / (n +
/// m)!. The work is that of the leaves that can be reached, whatever the number of features.
/// </summary>
public static class TreeShapley
{
    private const int OnStack = 1_024;

    /// <summary>Adds what each feature adds to Score(row) - Score(baseline): but for rounding they add up to it.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="row">The row.</param>
    /// <param name="baseline">Whom to compare with.</param>
    /// <param name="shares">A share a feature, in units of the score. That of a feature that no tree asks for is not touched.</param>
    /// <exception cref="ArgumentException">Row, baseline and shares are not equally long.</exception>
    public static void Add(TreeEnsemble trees, ReadOnlySpan<float> row, ReadOnlySpan<float> baseline, Span<double> shares)
    {
        if (row.Length != shares.Length || baseline.Length != shares.Length)
        {
            throw new ArgumentException(
                $"{shares.Length} shares of {row.Length} numbers and a baseline of {baseline.Length}.", nameof(shares));
        }

        Span<Way> ways = shares.Length <= OnStack ? stackalloc Way[shares.Length] : new Way[shares.Length];
        ways.Clear();
        for (var i = 0; i < trees.Trees.Length; i++)
        {
            var tree = trees.Trees[i];
            if (tree.Feature.Length > 0)
            {
                new Walk(tree, row, baseline, shares, ways).From(0, 0, 0, trees.Weights[i]);
            }
        }
    }

    private enum Way : byte
    {
        Either,
        Row,
        Baseline,
    }

    private readonly ref struct Walk(
        DecisionTree tree, ReadOnlySpan<float> row, ReadOnlySpan<float> baseline, Span<double> shares, Span<Way> ways)
    {
        private readonly int[] _feature = tree.Feature;
        private readonly float[] _threshold = tree.Threshold;
        private readonly int[] _left = tree.Left;
        private readonly int[] _right = tree.Right;
        private readonly double[] _leaf = tree.Leaf;
        private readonly ReadOnlySpan<float> _row = row;
        private readonly ReadOnlySpan<float> _baseline = baseline;
        private readonly Span<double> _shares = shares;
        private readonly Span<Way> _ways = ways;

        /// <summary>
        /// What the leaves below a node give to each feature that goes the row's way above it, and take from each that goes the baseline's.
        /// </summary>
        /// <param name="node">The node.</param>
        /// <param name="n">How many go the row's way so far.</param>
        /// <param name="m">How many go the baseline's.</param>
        /// <param name="scale">n! m! / (n + m)! times the weight of the tree.</param>
        public (double Gives, double Takes) From(int node, int n, int m, double scale)
        {
            while (node >= 0)
            {
                var feature = _feature[node];
                var (left, right) = (_left[node], _right[node]);
                var ofRow = _row[feature] <= _threshold[node] ? left : right;
                var ofBaseline = _baseline[feature] <= _threshold[node] ? left : right;
                if (ofRow != ofBaseline && _ways[feature] == Way.Either)
                {
                    return Part(feature, ofRow, ofBaseline, n, m, scale / (n + m + 1));
                }

                // A feature that was asked before keeps the way that it went.
                node = _ways[feature] == Way.Baseline ? ofBaseline : ofRow;
            }

            var value = _leaf[~node] * scale;
            return (n > 0 ? value / n : 0, m > 0 ? value / m : 0);
        }

        private (double Gives, double Takes) Part(int feature, int ofRow, int ofBaseline, int n, int m, double scale)
        {
            _ways[feature] = Way.Row;
            var there = From(ofRow, n + 1, m, scale * (n + 1));
            _ways[feature] = Way.Baseline;
            var here = From(ofBaseline, n, m + 1, scale * (m + 1));
            _ways[feature] = Way.Either;
            _shares[feature] += there.Gives - here.Takes;
            return (there.Gives + here.Gives, there.Takes + here.Takes);
        }
    }
}
