namespace ClvOrleans.Statistics.Preprocessing;

/// <summary>What was learned of a column: all that is needed to prepare a number of it again.</summary>
/// <param name="Name">The column.</param>
/// <param name="Rule">How it is prepared.</param>
/// <param name="Lower">Numbers below are raised to it, after the logarithm.</param>
/// <param name="Upper">Numbers above are lowered to it, after the logarithm.</param>
/// <param name="Fill">Stands in for what is not known, after the logarithm; not a number where that is kept.</param>
/// <param name="Shift">Taken off at last.</param>
/// <param name="Spread">Divided by at last; 1 for a column without any.</param>
/// <param name="Filled">How many numbers of the training data were missing.</param>
/// <param name="Clipped">How many were pulled in.</param>
public sealed record FittedColumn(
    string Name, ColumnRule Rule, double Lower, double Upper, double Fill, double Shift, double Spread, long Filled, long Clipped)
{
    /// <summary>Prepares a number.</summary>
    public double Apply(double x)
    {
        x = Bound(x);
        return ((double.IsNaN(x) ? Fill : x) - Shift) / Spread;
    }

    internal double Bound(double x) => double.IsFinite(x) ? Math.Clamp(Logarithm(Rule, x), Lower, Upper) : double.NaN;

    internal static double Logarithm(ColumnRule rule, double x) =>
        rule.Logarithm ? Math.CopySign(double.LogP1(Math.Abs(x) / (rule.LogarithmUnit ?? 1)), x) : x;
}
