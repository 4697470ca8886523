namespace ClvOrleans.Statistics.Experiments;

/// <summary>
/// Judges a policy before it is switched on (Dudík, Langford and Li 2011, "Doubly Robust Policy Evaluation and Learning", arXiv 1103.4601).
/// A decision of the log has the weight w = new(a|x) / old(a|x) of its action. Where the log cannot tell, the estimate says so.
/// </summary>
public static class OffPolicy
{
    /// <summary>With fewer decisions that count, an estimate is refused.</summary>
    public const double LeastEffectiveSize = 100;

    /// <summary>What a policy would have brought.</summary>
    /// <param name="log">The decisions, at least two.</param>
    /// <param name="policy">
    /// new(a|x): with what probability the policy takes an action in the case of a decision: (decision, action) → 0 to 1.
    /// </param>
    /// <param name="predicted">
    /// q(x, a): what an action is predicted to bring there: (decision, action) → outcome. (_, _) → 0 makes DR equal IPS.
    /// </param>
    /// <exception cref="ExperimentException">There are fewer than two decisions.</exception>
    /// <exception cref="ArgumentException">Probabilities of a decision are none, or the action taken had none.</exception>
    public static OffPolicyEstimate Evaluate(
        IReadOnlyList<LoggedDecision> log, Func<int, int, double> policy, Func<int, int, double> predicted)
    {
        var rows = Rows(log, policy, predicted);
        var (weights, squares) = (rows.Sum(r => r.Weight), rows.Sum(r => r.Weight * r.Weight));
        var size = squares > 0 ? weights * weights / squares : 0;
        var inverse = Sample.Of(rows.Select(r => r.Inverse));
        var robust = Sample.Of(rows.Select(r => r.Robust));
        var unseen = rows.Count(r => r.Unseen);
        return new OffPolicyEstimate(
            robust.Mean,
            Math.Sqrt(robust.SquaredError),
            inverse.Mean,
            Math.Sqrt(inverse.SquaredError),
            rows.Sum(r => r.Inverse) / weights,
            size,
            Refusal(unseen, log.Count, size));
    }

    /// <summary>
    /// What one policy would bring more than another, both on the same decisions: errors that they share cancel. Doubly robust; the
    /// p-value and the interval are by the normal limit.
    /// </summary>
    /// <param name="log">The decisions.</param>
    /// <param name="policy">The policy: (decision, action) → probability.</param>
    /// <param name="than">The policy that it is compared with.</param>
    /// <param name="predicted">What an action is predicted to bring: (decision, action) → outcome.</param>
    /// <param name="alpha">Error rate of the interval.</param>
    /// <exception cref="ExperimentException">The log cannot tell one of the two, or they do the same.</exception>
    /// <exception cref="ArgumentException">As for <see cref="Evaluate"/>.</exception>
    public static Effect Compare(
        IReadOnlyList<LoggedDecision> log,
        Func<int, int, double> policy,
        Func<int, int, double> than,
        Func<int, int, double> predicted,
        double alpha = .05)
    {
        foreach (var one in new[] { policy, than })
        {
            if (Evaluate(log, one, predicted).Refusal is { } refusal)
            {
                throw new ExperimentException(refusal);
            }
        }

        var gap = Sample.Of(Rows(log, policy, predicted).Zip(Rows(log, than, predicted), (a, b) => a.Robust - b.Robust));
        if (gap.Variance == 0)
        {
            throw new ExperimentException("Both policies do the same in every case of the log.");
        }

        var error = Math.Sqrt(gap.SquaredError);
        var half = error * Significance.CriticalNormal(Significance.Checked(alpha) / 2);
        return new Effect(
            gap.Mean,
            error,
            gap.Mean / error,
            double.PositiveInfinity,
            Significance.PValue(gap.Mean / error, double.PositiveInfinity, Alternative.TwoSided),
            new ConfidenceInterval(gap.Mean - half, gap.Mean + half));
    }

    private static string? Refusal(int unseen, int decisions, double size) => unseen > 0
        ? $"In {unseen} of {decisions} decisions the policy takes an action that was never taken there (probability 0): "
            + "the log cannot tell what it brings."
        : size < LeastEffectiveSize
            ? FormattableString.Invariant(
                $"Only {size:0.#} decisions of the log count for the policy; at least {LeastEffectiveSize} are needed.")
            : null;

    private static Row[] Rows(IReadOnlyList<LoggedDecision> log, Func<int, int, double> policy, Func<int, int, double> predicted) =>
        log.Count < 2
            ? throw new ExperimentException($"The log has {log.Count} decisions; at least 2 are needed.")
            : [.. log.Select((decision, i) => Row.Of(decision, i, policy, predicted))];

    private readonly record struct Row(double Weight, double Inverse, double Robust, bool Unseen)
    {
        public static Row Of(LoggedDecision decision, int i, Func<int, int, double> policy, Func<int, int, double> predicted)
        {
            var old = decision.Propensities;
            if ((uint)decision.Action >= (uint)old.Length || !(old[decision.Action] > 0) || !IsDistribution(old.Sum(), old.Min()))
            {
                throw new ArgumentException(
                    $"Decision {i} needs propensities that add up to 1, none negative, and that of the action taken above 0.");
            }

            var (value, sum, least, unseen) = (0.0, 0.0, 0.0, false);
            for (var a = 0; a < old.Length; a++)
            {
                var probability = policy(i, a);
                (sum, least, unseen) = (sum + probability, Math.Min(least, probability), unseen || (probability > 0 && old[a] == 0));
                value += probability == 0 ? 0 : probability * predicted(i, a);
            }

            if (!IsDistribution(sum, least))
            {
                throw new ArgumentException(
                    $"The policy's probabilities for decision {i} must add up to 1, none negative; they add up to {sum}.");
            }

            var weight = policy(i, decision.Action) / old[decision.Action];
            var residual = weight == 0 ? 0 : weight * (decision.Outcome - predicted(i, decision.Action));
            return new Row(weight, weight * decision.Outcome, value + residual, unseen);
        }

        private static bool IsDistribution(double sum, double least) => least >= 0 && Math.Abs(sum - 1) <= 1e-6;
    }
}
