namespace ClvOrleans.Valuation.Ensemble;

/// <summary>A binary tree in plain arrays. A child that is negative is the leaf of its complement (<c>~child</c>).</summary>
/// <param name="Feature">Column that a node asks for.</param>
/// <param name="Threshold">At most this goes to the left.</param>
/// <param name="Left">Left child.</param>
/// <param name="Right">Right child.</param>
/// <param name="Leaf">Value of a leaf.</param>
public sealed record DecisionTree(int[] Feature, float[] Threshold, int[] Left, int[] Right, double[] Leaf)
{
    /// <summary>The value of the leaf that a row falls into; numbers that are not known go to the right.</summary>
    public double Score(ReadOnlySpan<float> row)
    {
        var node = Feature.Length == 0 ? -1 : 0;
        while (node >= 0)
        {
            node = row[Feature[node]] <= Threshold[node] ? Left[node] : Right[node];
        }

        return Leaf[~node];
    }
}
