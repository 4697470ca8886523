using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Intervals;

/// <summary>
/// The shape of customers' values, by two-part conformal prediction: nothing, or a ratio to what was predicted (classification-powered
/// conformal prediction, arXiv 2605.04219), calibrated within groups of customers of past windows that are alike (Mondrian), each window
/// divided by what came of it in all, as all customers of a window share its season and the store's fortune.
/// </summary>
/// <param name="Groups">
/// The groups, by <see cref="ShapeGroup.LeastRepeats"/> and within it by <see cref="ShapeGroup.LeastNone"/>, both rising from 0.
/// </param>
/// <param name="Windows">How many past windows it was calibrated on.</param>
/// <param name="Days">How long they were.</param>
public sealed record ValueShape(ImmutableArray<ShapeGroup> Groups, int Windows, int Days)
{
    /// <summary>The group of a customer: whatever the horizon, what counts is the probability of no purchase within it.</summary>
    /// <param name="repeats">Repeat purchase days, at least 0.</param>
    /// <param name="none">The predicted probability of no purchase within the horizon, 0 to 1.</param>
    public ShapeGroup GroupOf(int repeats, double none)
    {
        var found = Groups[0];
        foreach (var group in Groups.AsSpan())
        {
            if (group.LeastRepeats <= repeats && (group.LeastRepeats > found.LeastRepeats || group.LeastNone <= none))
            {
                found = group;
            }
        }

        return found;
    }
}
