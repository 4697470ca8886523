using System.Globalization;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>What an experiment needs and can find, said before its start.</summary>
/// <param name="Units">Units in all arms that show the least effect with the wanted power; null where no number does.</param>
/// <param name="Days">Days until so many have come; null where they do not within a year.</param>
/// <param name="PlannedUnits">Units that come within the planned days.</param>
/// <param name="DetectableEffect">The least effect that those show with the wanted power; null where they show none.</param>
/// <param name="Mean">Mean of the metric without the treatment.</param>
/// <param name="Deviation">Its standard deviation.</param>
/// <param name="Customers">How many customers it was measured on; 0 where it is assumed.</param>
/// <param name="IsAssumed">Whether mean, deviation and traffic are assumed.</param>
/// <param name="ProfitableArm">
/// Units of an arm with which the profit of all customers is greatest (Feit and Berman 2019), where effects of the size of the least effect
/// are usual; null where the metric is no amount.
/// </param>
public sealed record ExperimentForecast(
    long? Units, int? Days, long PlannedUnits, double? DetectableEffect, double Mean, double Deviation, long Customers, bool IsAssumed,
    double? ProfitableArm)
{
    /// <summary>Whether the least effect is found within the planned days. An experiment without power is refused.</summary>
    public bool HasPower => Units is { } units && units <= PlannedUnits;

    /// <summary>What an experiment needs.</summary>
    public static ExperimentForecast Of(Experiment experiment, MetricHistory history)
    {
        var planned = history.UnitsByDay[Math.Min(experiment.PlannedDays, history.UnitsByDay.Length) - 1];
        double? needed = history.Deviation > 0 ? 0 : null;
        double? detectable = 0;
        foreach (var arm in experiment.Arms.Skip(1).Where(a => a.Share > 0))
        {
            // Two arms of several: their units are a part of all.
            var part = experiment.Arms[0].Share + arm.Share;
            var design = new ExperimentDesign(experiment.AlphaOfArm, experiment.Power, arm.Share / part, experiment.StopRule);
            needed = needed is { } n && UnitsOf(experiment, history, design) is { } units ? Math.Max(n, units / part) : null;
            detectable = detectable is { } d && DetectableOf(experiment, history, design, planned * part) is { } effect
                ? Math.Max(d, effect) : null;
        }

        var whole = needed is { } all and < long.MaxValue ? (long)Math.Ceiling(all) : (long?)null;
        var day = whole is { } w ? history.UnitsByDay.ToList().FindIndex(u => u >= w) : -1;
        return new ExperimentForecast(
            whole, day < 0 ? null
                : day + 1, (long)planned, detectable, history.Mean, history.Deviation, history.Customers, history.IsAssumed,
            Metrics.IsMoney(experiment.Primary) && history.Population >= 2 && history.Deviation > 0
                ? TestAndRoll.ArmSize(history.Population, history.Deviation, Math.Abs(experiment.LeastEffect))
                : null);
    }

    /// <summary>Why there is no power, and what to do; null where there is.</summary>
    public string? Problem(Experiment experiment)
    {
        if (HasPower)
        {
            return null;
        }

        if (Units is not { } units)
        {
            return "leastEffect: the metric did not vary, or cannot change by so much, in the store's history. "
                + "Choose another metric or effect, or state 'assumed'.";
        }

        var way = (Days, DetectableEffect) switch
        {
            ({ } days, { } effect) => string.Create(
                CultureInfo.InvariantCulture, $"Plan {days} days, or look for an effect of {effect:G3}."),
            ({ } days, null) => string.Create(CultureInfo.InvariantCulture, $"Plan {days} days."),
            (null, { } effect) => string.Create(
                CultureInfo.InvariantCulture, $"They do not come within a year: look for an effect of {effect:G3}, or widen the audience."),
            _ => "They do not come within a year: look for a greater effect, or widen the audience.",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"plannedDays: an effect of {experiment.LeastEffect:G3} needs {units:N0} units, "
                + $"and {PlannedUnits:N0} come in {experiment.PlannedDays} days. {way}");
    }

    private static double? UnitsOf(Experiment experiment, MetricHistory history, ExperimentDesign design)
    {
        if (!Metrics.IsProportion(experiment.Primary))
        {
            return design.UnitsForDifference(history.Deviation, experiment.LeastEffect);
        }

        var treated = history.Mean + experiment.LeastEffect;
        return treated is > 0 and < 1 ? design.UnitsForRates(history.Mean, treated) : null;
    }

    private static double? DetectableOf(Experiment experiment, MetricHistory history, ExperimentDesign design, double units)
    {
        if (units < 2 || history.Deviation <= 0)
        {
            return null;
        }

        if (!Metrics.IsProportion(experiment.Primary))
        {
            return design.DetectableDifference(history.Deviation, units);
        }

        // A fall of a rate is a rise of its complement.
        var rate = experiment.LeastEffect > 0 ? history.Mean : 1 - history.Mean;
        return design.DetectableRise(rate, units);
    }
}
