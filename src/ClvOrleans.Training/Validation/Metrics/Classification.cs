namespace ClvOrleans.Training.Validation.Metrics;

/// <summary>
/// How well probabilities of buying tell who buys. Accuracy alone says little where few buy: to predict nobody has one less the base rate.
/// </summary>
public static class Classification
{
    /// <summary>Share of customers who were predicted right. Predicted to buy is who has at least the threshold's probability.</summary>
    public static double Accuracy(ReadOnlySpan<double> probability, ReadOnlySpan<bool> hit, double threshold)
    {
        var (_, _, right) = Count(probability, hit, threshold);
        return (double)right / hit.Length;
    }

    /// <summary>Share of those predicted to buy who bought. Null where nobody is predicted to.</summary>
    public static double? Precision(ReadOnlySpan<double> probability, ReadOnlySpan<bool> hit, double threshold)
    {
        var (found, predicted, _) = Count(probability, hit, threshold);
        return predicted > 0 ? (double)found / predicted : null;
    }

    /// <summary>Share of those who bought who were predicted to. Null where nobody bought.</summary>
    public static double? Recall(ReadOnlySpan<double> probability, ReadOnlySpan<bool> hit, double threshold)
    {
        var (found, _, _) = Count(probability, hit, threshold);
        var hits = hit.Count(true);
        return hits > 0 ? (double)found / hits : null;
    }

    /// <summary>
    /// Mean squared difference of the probability and what came, 1 or 0 (Brier 1950); 0 is perfect. The same probability for all can do no
    /// better than base rate × (1 - base rate).
    /// </summary>
    public static double Brier(ReadOnlySpan<double> probability, ReadOnlySpan<bool> hit)
    {
        var sum = 0.0;
        for (var i = 0; i < hit.Length; i++)
        {
            var error = probability[i] - (hit[i] ? 1 : 0);
            sum += error * error;
        }

        return sum / hit.Length;
    }

    private static (int Found, int Predicted, int Right) Count(ReadOnlySpan<double> probability, ReadOnlySpan<bool> hit, double threshold)
    {
        var (found, predicted, right) = (0, 0, 0);
        for (var i = 0; i < hit.Length; i++)
        {
            var buys = probability[i] >= threshold;
            found += buys && hit[i] ? 1 : 0;
            predicted += buys ? 1 : 0;
            right += buys == hit[i] ? 1 : 0;
        }

        return (found, predicted, right);
    }
}
