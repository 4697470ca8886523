using System.Globalization;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>Finds the mistakes of a definition: each names its member and says what is allowed.</summary>
public static class ExperimentCheck
{
    private const int MostArms = 10;
    private const int LongestHypothesis = 1_000;
    private const int LongestName = 63;

    /// <summary>All mistakes, in the order of the members; none where the definition can be used.</summary>
    public static IReadOnlyList<string> Find(Experiment experiment)
    {
        var found = new List<string>();
        Need(experiment.Hypothesis.Trim().Length is > 0 and <= LongestHypothesis,
            $"hypothesis: say what you expect, and why, in at most {LongestHypothesis} characters.");
        Arms(experiment, Need);
        Need(
            experiment.Primary != Metric.Unsubscribed,
            "primary: 'unsubscribed' is a harm and can only be a guardrail; choose what the treatment is to gain.");
        for (var i = 0; i < experiment.Guardrails.Length; i++)
        {
            var guardrail = experiment.Guardrails[i];
            Need(
                guardrail.Metric is not Metric.ExpectedMargin && guardrail.Metric != experiment.Primary,
                $"guardrails[{i}].metric: it is the primary metric or an expected margin; choose another.");
            Need(
                guardrail.MostHarm > 0 && double.IsFinite(guardrail.MostHarm),
                $"guardrails[{i}].mostHarm: it must be above 0, in units of the metric, such as 0.005 for half a point of a rate.");
        }

        Need(
            experiment.LeastEffect != 0 && double.IsFinite(experiment.LeastEffect)
                && (!Metrics.IsProportion(experiment.Primary) || Math.Abs(experiment.LeastEffect) < 1),
            "leastEffect: it must not be 0, in units of the metric, such as 0.01 for one point of a rate.");
        Need(experiment.Alpha is > 0 and <= .2, "alpha: it must be above 0 and at most 0.2, such as 0.05.");
        Need(experiment.Power is >= .5 and < 1, "power: it must be 0.5 to below 1, such as 0.8.");
        Need(experiment.MaturityDays is >= 0 and <= 365, "maturityDays: it must be 0 to 365.");
        Need(experiment.PlannedDays is >= 1 and <= 365, "plannedDays: it must be 1 to 365.");
        Need(experiment.Cost is >= 0 and <= 1e9, "cost: it must be 0 to 1,000,000,000, in the store's currency.");
        Need(
            experiment.Salt is null or { Length: > 0 and <= 200 } && experiment.Salt?.Contains('\0', StringComparison.Ordinal) != true,
            "salt: it must be 1 to 200 characters without U+0000; leave it out to use the id.");
        if (experiment.Assumed is { } assumed)
        {
            var isProportion = Metrics.IsProportion(experiment.Primary);
            Need(
                isProportion ? assumed.Mean is > 0 and < 1 && assumed.Mean + experiment.LeastEffect is > 0 and < 1
                    : double.IsFinite(assumed.Mean),
                "assumed.mean: of a proportion it must lie between 0 and 1, with and without leastEffect.");
            Need(
                isProportion == assumed.Deviation is null && assumed.Deviation is null or (> 0 and < double.PositiveInfinity),
                "assumed.deviation: a mean needs it, above 0; a proportion has none.");
            Need(assumed.UnitsADay is >= 0 and <= 1e9, "assumed.unitsADay: it must be 0 to 1,000,000,000.");
        }

        return found;

        void Need(bool holds, string mistake)
        {
            if (!holds)
            {
                found.Add(mistake);
            }
        }
    }

    private static void Arms(Experiment experiment, Action<bool, string> need)
    {
        var arms = experiment.Arms.IsDefault ? [] : experiment.Arms;
        need(
            arms.Length is >= 2 and <= MostArms,
            string.Create(CultureInfo.InvariantCulture,
                $"arms: there are {arms.Length}; two to {MostArms} are needed, the first is the control."));
        for (var i = 0; i < arms.Length; i++)
        {
            need(
                arms[i].Arm is { Length: > 0 and <= LongestName } name
                    && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'),
                $"arms[{i}].arm: 1 to {LongestName} letters, digits and . _ - are needed.");
            need(arms[i].Share is >= 0 and <= 1, $"arms[{i}].share: it must be 0 to 1.");
        }

        if (arms.Length < 2)
        {
            return;
        }

        need(
            arms.Select(a => a.Arm).Distinct(StringComparer.Ordinal).Count() == arms.Length, "arms: two have one name.");
        need(
            Math.Abs(arms.Sum(a => a.Share) - 1) <= 1e-9,
            string.Create(CultureInfo.InvariantCulture,
                $"arms: the shares add up to {arms.Sum(a => a.Share):0.######}; they must add up to 1."));
        need(
            arms[0].Share > 0 && arms.Skip(1).Any(a => a.Share > 0), "arms: the control and at least one other arm need a share above 0.");
    }
}
