using MathNet.Numerics;

namespace ClvOrleans.Statistics.Experiments;

/// <summary>The sample-ratio check: first of all checks of an experiment (Fabijan et al. 2019, KDD).</summary>
public static class SampleRatio
{
    /// <summary>The usual threshold. It is low, because the check is made often.</summary>
    public const double UsualThreshold = .001;

    /// <summary>Pearson's χ² of the sizes of the arms, by one look.</summary>
    /// <param name="counts">Units of each arm.</param>
    /// <param name="shares">
    /// Their shares in the same order, from 0 to 1, adding up to 1; the same for all of the units.
    /// </param>
    /// <param name="threshold">Below this p-value the sizes are a mismatch.</param>
    /// <exception cref="ExperimentException">There are no units.</exception>
    /// <exception cref="ArgumentException">A count is negative, or the shares do not fit.</exception>
    public static SampleRatioCheck Check(IReadOnlyList<long> counts, IReadOnlyList<double> shares, double threshold = UsualThreshold)
    {
        var total = Total(counts, shares);
        var square = 0.0;
        foreach (var (count, share) in counts.Zip(shares))
        {
            var gap = count - (share * total);
            square += share > 0 ? gap * gap / (share * total) : count > 0 ? double.PositiveInfinity : 0;
        }

        var freedom = shares.Count(s => s > 0) - 1;
        var p = double.IsPositiveInfinity(square) ? 0 : Significance.UpperChiSquare(square, freedom);
        return new SampleRatioCheck(square, freedom, p, Significance.Checked(threshold, nameof(threshold)));
    }

    /// <summary>The check of several groups of units that had other shares each, such as before and after a change of the split.</summary>
    /// <param name="checks">The checks of the groups, at least one.</param>
    /// <param name="threshold">Below this p-value the sizes are a mismatch.</param>
    /// <exception cref="ExperimentException">There are no groups.</exception>
    public static SampleRatioCheck Sum(IReadOnlyCollection<SampleRatioCheck> checks, double threshold = UsualThreshold)
    {
        if (checks.Count == 0)
        {
            throw new ExperimentException("No unit has been assigned yet.");
        }

        var (square, freedom) = (checks.Sum(c => c.ChiSquare), checks.Sum(c => c.DegreesOfFreedom));
        var p = double.IsPositiveInfinity(square) ? 0 : Significance.UpperChiSquare(square, freedom);
        return new SampleRatioCheck(square, freedom, p, Significance.Checked(threshold, nameof(threshold)));
    }

    /// <summary>
    /// The e-value of the sizes: a mixture of all ratios over the ratio of the shares (Lindon and Malek 2022, "Anytime-Valid Inference for
    /// Multinomial Count Data"). With the right shares it ever reaches 1/α with probability α at most, so that a check after each unit is
    /// safe: a mismatch at a threshold of .001 is an e-value of 1,000.
    /// </summary>
    /// <param name="counts">Units of each arm.</param>
    /// <param name="shares">Their shares in the same order, from 0 to 1, adding up to 1.</param>
    /// <param name="concentration">How near to the shares a mismatch is looked for: a Dirichlet prior of this many units.</param>
    /// <exception cref="ExperimentException">There are no units.</exception>
    /// <exception cref="ArgumentException">A count is negative, the shares do not fit, or the concentration is not positive.</exception>
    public static double EValue(IReadOnlyList<long> counts, IReadOnlyList<double> shares, double concentration = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(concentration);
        var total = Total(counts, shares);
        var log = SpecialFunctions.GammaLn(concentration) - SpecialFunctions.GammaLn(concentration + total);
        foreach (var (count, share) in counts.Zip(shares).Where(a => a.First > 0))
        {
            var prior = concentration * share;
            log += share > 0
                ? SpecialFunctions.GammaLn(prior + count) - SpecialFunctions.GammaLn(prior) - (count * Math.Log(share))
                : double.PositiveInfinity;
        }

        return Math.Exp(log);
    }

    private static long Total(IReadOnlyList<long> counts, IReadOnlyList<double> shares)
    {
        if (counts.Count != shares.Count || counts.Count < 2 || counts.Any(c => c < 0))
        {
            throw new ArgumentException(
                $"Counts of at least two arms are needed, none negative, and as many shares; there are {counts.Count} and {shares.Count}.",
                nameof(counts));
        }

        if (shares.Any(s => !(s >= 0 && s <= 1)) || Math.Abs(shares.Sum() - 1) > 1e-9)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The shares add up to {shares.Sum():0.#########}; they must add up to 1."), nameof(shares));
        }

        return counts.Sum() is var total && total > 0
            ? total
            : throw new ExperimentException("No unit has been assigned yet.");
    }
}
