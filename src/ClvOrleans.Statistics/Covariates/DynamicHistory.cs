using System.Collections.Immutable;
using ClvOrleans.Statistics.Lifetime;

namespace ClvOrleans.Statistics.Covariates;

/// <summary>A customer whose covariates change over time.</summary>
/// <param name="Repeats">Times of the repeat purchases since the first one, above 0 and rising.</param>
/// <param name="Observed">T: time from the first purchase to the end of observation.</param>
/// <param name="Steps">
/// The covariates, in order of time: the first holds from 0 or before, the last for ever. A step holds up to and including the time at
/// which the next begins, so that the covariates of a day are those of its purchases where time is counted at the ends of days.
/// </param>
public sealed record DynamicHistory(ImmutableArray<double> Repeats, double Observed, ImmutableArray<CovariateStep> Steps)
{
    /// <summary>The same customer without the covariates.</summary>
    public PurchaseHistory Static => new(Repeats.Length, Repeats.IsEmpty ? 0 : Repeats[^1], Observed);

    /// <summary>Why the history cannot be; null where it can.</summary>
    internal string? Fault(int covariates)
    {
        var (repeats, steps) = (Repeats, Steps);
        return !Static.IsPossible || repeats.Where((t, i) => !(t > (i == 0 ? 0 : repeats[i - 1]))).Any()
                ? "purchases must come after the first one, in order, and not after the end of observation"
            : steps.IsDefaultOrEmpty || steps[0].From > 0 ? "no covariates hold from the first purchase on"
            : steps.Where((s, i) => i > 0 && !(s.From > steps[i - 1].From)).Any() ? "steps must be in order of time"
            : steps.Any(s => s.Values.Length != covariates || s.Values.Any(v => !double.IsFinite(v)))
                ? $"every step needs {covariates} finite covariates"
            : null;
    }

    /// <summary>Index of the step that holds at a time.</summary>
    internal int StepAt(double time)
    {
        var step = 0;
        while (step + 1 < Steps.Length && Steps[step + 1].From < time)
        {
            step++;
        }

        return step;
    }
}
