namespace ClvOrleans.Training.Validation.Metrics;

/// <summary>
/// Customers of equal prediction. Whatever is measured along a ranking is averaged over all orders in which they could stand, so that the
/// order of the file can neither flatter nor harm.
/// </summary>
/// <param name="Count">Number of customers.</param>
/// <param name="Predicted">The prediction of each.</param>
/// <param name="Actual">Sum of their actual values.</param>
internal readonly record struct TieGroup(int Count, double Predicted, double Actual)
{
    /// <summary>The groups, highest prediction first.</summary>
    public static List<TieGroup> Of(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        var (keys, values) = (predicted.ToArray(), actual.ToArray());
        Array.Sort(keys, values);
        var groups = new List<TieGroup>();
        for (var end = keys.Length; end > 0;)
        {
            var start = end;
            var sum = 0.0;
            while (start > 0 && keys[start - 1] == keys[end - 1])
            {
                sum += values[--start];
            }

            groups.Add(new TieGroup(end - start, keys[end - 1], sum));
            end = start;
        }

        return groups;
    }
}
