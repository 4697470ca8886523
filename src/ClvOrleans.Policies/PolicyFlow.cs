using System.Collections.Immutable;
using System.Globalization;

namespace ClvOrleans.Policies;

/// <summary>
/// Where a customer is in the steps of a policy. A step is named by its place, from 0; one within a branch by the place of the branching
/// step, of the branch (the last is that of "else") and of the step in it: <c>2.1.0</c>.
/// </summary>
public static class PolicyFlow
{
    /// <summary>The step at a place; null where there is none.</summary>
    public static PolicyStep? StepAt(Policy policy, string place)
    {
        var steps = policy.Steps;
        var path = Path(place);
        for (var i = 0; ; i += 2)
        {
            if ((uint)path[i] >= (uint)steps.Length)
            {
                return null;
            }

            var step = steps[path[i]];
            if (i == path.Length - 1)
            {
                return step;
            }

            if (step is not BranchStep branches || i + 2 >= path.Length || StepsOf(branches, path[i + 1]) is not { IsDefault: false } inner)
            {
                return null;
            }

            steps = inner;
        }
    }

    /// <summary>The first place at which the flow acts or waits; null where no branch leads to one.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="holds">Whether a rule holds for the customer.</param>
    public static string? Begin(Policy policy, Func<string, bool> holds) => Settle(policy, "0", holds);

    /// <summary>The next place after a step at which the flow acts or waits; null where it ends.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="place">The place of the step that is done.</param>
    /// <param name="holds">Whether a rule holds for the customer.</param>
    public static string? After(Policy policy, string place, Func<string, bool> holds) => Settle(policy, Following(Path(place)), holds);

    /// <summary>All actions of a policy with their places, in order.</summary>
    public static IEnumerable<(string Place, PolicyAction Action)> Actions(Policy policy) => Actions(policy.Steps, "");

    /// <summary>
    /// The salt by which customers are held out from a step on. Each action has a draw of its own, so that each is measured by those who
    /// reached it; who was held out before stays so.
    /// </summary>
    public static string HoldoutSaltAt(Policy policy, string place) => Actions(policy).First().Place == place
        ? $"policy/{policy.Id}/holdout"
        : $"policy/{policy.Id}/holdout/{place}";

    /// <summary>The rules of all branches of a policy.</summary>
    public static IEnumerable<string> Rules(Policy policy) => Rules(policy.Steps);

    private static IEnumerable<string> Rules(ImmutableArray<PolicyStep> steps) => steps.OfType<BranchStep>().SelectMany(
        s => s.Branches.SelectMany(b => Rules(b.Steps).Prepend(b.Rule)).Concat(Rules(s.Otherwise)));

    private static IEnumerable<(string Place, PolicyAction Action)> Actions(ImmutableArray<PolicyStep> steps, string before)
    {
        for (var i = 0; i < steps.Length; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{before}{i}");
            if (steps[i] is ActStep { Action: var action })
            {
                yield return (place, action);
            }
            else if (steps[i] is BranchStep branches)
            {
                for (var b = 0; b <= branches.Branches.Length; b++)
                {
                    foreach (var inner in Actions(StepsOf(branches, b), string.Create(CultureInfo.InvariantCulture, $"{place}.{b}.")))
                    {
                        yield return inner;
                    }
                }
            }
        }
    }

    // Goes out of branches that have ended and into those whose rule holds, until something is to be done.
    private static string? Settle(Policy policy, string place, Func<string, bool> holds)
    {
        while (true)
        {
            switch (StepAt(policy, place))
            {
                case BranchStep branches:
                    var chosen = 0;
                    while (chosen < branches.Branches.Length && !holds(branches.Branches[chosen].Rule))
                    {
                        chosen++;
                    }

                    place = string.Create(CultureInfo.InvariantCulture, $"{place}.{chosen}.0");
                    break;
                case null when !place.Contains('.', StringComparison.Ordinal):
                    return null;
                case null:
                    place = Following(Path(place)[..^2]);
                    break;
                default:
                    return place;
            }
        }
    }

    private static string Following(int[] path)
    {
        path[^1]++;
        return string.Join('.', path.Select(p => p.ToString(CultureInfo.InvariantCulture)));
    }

    private static int[] Path(string place) =>
        [.. place.Split('.').Select(p => int.Parse(p, NumberStyles.None, CultureInfo.InvariantCulture))];

    private static ImmutableArray<PolicyStep> StepsOf(BranchStep step, int branch) => branch < step.Branches.Length
        ? step.Branches[branch].Steps
        : branch == step.Branches.Length ? step.Otherwise : default;
}
