namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// How large a test or a holdout should be for the profit of all customers, not for a significance (Feit and Berman 2019, "Test &amp; Roll:
/// Profit-Maximizing A/B Tests", Marketing Science 38(6)): those who are tested bear the worse arm, those who are left get the
/// better one.
/// </summary>
public static class TestAndRoll
{
    /// <summary>
    /// n* = √(N/4 (s/σ)² + (¾ (s/σ)²)²) - ¾ (s/σ)²: units of each of two arms whose means have one normal prior; the others then get the
    /// arm that did better.
    /// </summary>
    /// <param name="population">N: all units, tested or not, at least 2.</param>
    /// <param name="deviation">s: standard deviation of the outcome of a unit, above 0; of a proportion √(p (1 - p)).</param>
    /// <param name="priorDeviation">σ: standard deviation of the mean of an arm, from earlier experiments; above 0.</param>
    public static double ArmSize(double population, double deviation, double priorDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deviation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priorDeviation);
        var noise = deviation / priorDeviation * (deviation / priorDeviation);
        var half = .75 * noise;
        return Math.Sqrt((population / 4 * noise) + (half * half)) - half;
    }
}
