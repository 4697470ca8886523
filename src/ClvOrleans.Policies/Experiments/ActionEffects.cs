using ClvOrleans.Domain.Stores;
using ClvOrleans.Statistics.Experiments;

namespace ClvOrleans.Policies.Experiments;

/// <summary>
/// Measures each action of a policy with several. Who reaches an action is held out from it on by a draw of its own, so that those who
/// got it and those who did not are alike, whatever the actions before it did (a sequential randomised trial: Murphy 2005). The action
/// alone is told from what followed by the same draws: among those who got it and reached a later action, only those count who were held
/// out there, in the place of all who reached it.
/// </summary>
internal static class ActionEffects
{
    /// <summary>So many must have been held out at a later action for what it added to be taken off.</summary>
    public const int LeastLater = 20;

    /// <summary>Reads one action.</summary>
    /// <param name="action">The action.</param>
    /// <param name="assumed">Its stated assumption.</param>
    /// <param name="customers">The decisions of each customer, in order.</param>
    /// <param name="name">Names the reading.</param>
    /// <param name="store">The store.</param>
    public static ActionEffectReading Read(
        string action, PolicyEffect assumed, IEnumerable<ExposedUnit[]> customers, string name, StoreSettings store)
    {
        var reached = customers.Select(c => ReachedOf(c, action, store)).OfType<Reached>().ToArray();
        var (acted, held) = (Matured(isHeldOut: false), Matured(isHeldOut: true));
        var reading = new ActionEffectReading(action, acted.Length, held.Length, null, null, assumed, null);
        if (PolicyEffects.RatioOf([.. reached.Select(r => r.Unit.Exposure)]) is { IsMismatch: true } ratio)
        {
            return reading with { Problem = PolicyEffects.Mismatch(ratio) };
        }

        if (Math.Min(acted.Length, held.Length) < PolicyEffects.LeastArm)
        {
            return reading with { Problem = PolicyEffects.TooFew(acted.Length, held.Length) };
        }

        var later = acted.GroupBy(r => r.Later?.Exposure.Action, StringComparer.Ordinal).ToArray();
        if (later.FirstOrDefault(s => s.Key is not null && s.Count(IsWithheld) < LeastLater) is { Key: { } unknown } few)
        {
            return reading with
            {
                Problem = $"{few.Count()} treated customers went on to '{unknown}', and {few.Count(IsWithheld)} were held out there; "
                    + $"{LeastLater} are needed to tell the two apart.",
            };
        }

        try
        {
            var adjusted = Cuped.Adjust(SampleOf(held), SampleOf(acted));
            var control = Sample.Of(held.Select(Adjusted));
            var margin = WelchTest.Compare(control, LaterWithheld([.. later], acted.Length, Adjusted));
            return reading with
            {
                Margin = margin,
                WithLater = WelchTest.Compare(control, Sample.Of(acted.Select(Adjusted))),
                Effect = PolicyEffects.Update(assumed, margin, [.. acted.Concat(held).Select(r => r.Unit.Exposure)], name, store.Currency),
            };

            double Adjusted(Reached r) => Outcome(r) - (adjusted.Theta * Covariate(r));
        }
        catch (ExperimentException e)
        {
            return reading with { Problem = e.Message };
        }

        Reached[] Matured(bool isHeldOut) => [.. reached.Where(r => r.Unit.Outcome is not null && IsHeldOut(r.Unit) == isHeldOut)];
        CovariateSample SampleOf(Reached[] arm) => CovariateSample.Of(arm.Select(r => (Outcome(r), Covariate(r))));
        double Outcome(Reached r) => PolicyEffects.OutcomeOf(r.Unit, store.Currency);
        double Covariate(Reached r) => (double)store.Currency.ToMajor(r.Unit.Exposure.Predicted);
    }

    // Null of somebody who did not reach it, was held out before, or is in both arms by a merge.
    private static Reached? ReachedOf(ExposedUnit[] customer, string action, StoreSettings store)
    {
        var at = Array.FindIndex(customer, u => u.Exposure.Action == action);
        if (at < 0 || customer.AsSpan(0, at).ContainsHeldOut() || PolicyEffects.IsInTwoArms(customer, at))
        {
            return null;
        }

        var unit = customer[at];
        return new Reached(unit, customer.Skip(at + 1).FirstOrDefault(
            u => u.Exposure.Action != action && store.DayOf(u.Exposure.At) <= unit.Exposure.Until));
    }

    // The mean of the treated had nothing followed: by what came next, and as a sample of as many as it rests on.
    private static Sample LaterWithheld(IGrouping<string?, Reached>[] strata, int treated, Func<Reached, double> outcome)
    {
        var parts = strata.Select(s =>
        {
            var counted = s.Where(IsWithheld).Select(outcome).ToArray();
            return (Share: s.Count() / (double)treated, Count: counted.Length, Mean: counted.Average(),
                Variance: counted.Length < 2 ? 0 : Sample.Of(counted).Variance);
        }).ToArray();
        var mean = parts.Sum(p => p.Share * p.Mean);
        var variance = parts.Sum(p => (p.Share * p.Share * p.Variance / p.Count) + (p.Share * (p.Mean - mean) * (p.Mean - mean) / treated));
        var count = parts.Sum(p => p.Count);
        return new Sample(count, mean, variance * count);
    }

    private static bool ContainsHeldOut(this Span<ExposedUnit> units)
    {
        foreach (var unit in units)
        {
            if (IsHeldOut(unit))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHeldOut(ExposedUnit unit) => unit.Exposure.Arm == PolicyEffectReading.HeldOutArm;

    private static bool IsWithheld(Reached reached) => reached.Later is null || IsHeldOut(reached.Later);

    /// <param name="Unit">The first decision for the customer at the action.</param>
    /// <param name="Later">The first one at another action within its window; null where there was none.</param>
    private sealed record Reached(ExposedUnit Unit, ExposedUnit? Later);
}
