using System.Globalization;
using ClvOrleans.Training.Validation;

namespace ClvOrleans.Training.Backtests.Reports;

/// <summary>A figure over the folds of a cross-validation.</summary>
/// <param name="Figure">Name of the figure, as in <see cref="ScoreColumn.Name"/>.</param>
/// <param name="Mean">Mean over the folds that have it.</param>
/// <param name="StandardDeviation">Standard deviation over these, by their number less one; null where it is one.</param>
/// <param name="Folds">How many these are: in a fold where nobody buys again, some figures are not defined.</param>
public sealed record Spread(string Figure, double Mean, double? StandardDeviation, int Folds)
{
    /// <summary>The spread of a figure; null where no fold has it.</summary>
    public static Spread? Of(ScoreColumn column, IEnumerable<Score> folds)
    {
        var values = folds.Select(column.Of).OfType<double>().ToArray();
        if (values.Length == 0)
        {
            return null;
        }

        var mean = values.Average();
        var squares = values.Sum(v => (v - mean) * (v - mean));
        return new Spread(column.Name, mean, values.Length > 1 ? Math.Sqrt(squares / (values.Length - 1)) : null, values.Length);
    }

    /// <summary>Mean ± standard deviation as text.</summary>
    public string Text(ScoreColumn column)
    {
        var mean = Mean.ToString(column.Format, CultureInfo.InvariantCulture);
        return StandardDeviation is { } deviation
            ? $"{mean} ± {deviation.ToString(column.Format.TrimStart('+').Split(';')[0], CultureInfo.InvariantCulture)}"
            : mean;
    }
}
