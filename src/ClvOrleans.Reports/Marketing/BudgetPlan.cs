namespace ClvOrleans.Reports.Marketing;

/// <summary>
/// Splits an amount of money among uses whose return falls with each further unit, so that the next unit would return the same everywhere:
/// any other split returns less. A use may have a limit, beyond which more does nothing.
/// </summary>
public static class BudgetPlan
{
    private const int Halvings = 200;

    /// <summary>What each use gets. The amounts add up to the budget, or to less where no use returns more than it costs.</summary>
    /// <param name="uses">The uses.</param>
    /// <param name="budget">The amount, at least 0.</param>
    /// <param name="leastReturn">A use gets nothing more once its next unit returns less than so many.</param>
    public static double[] Split(IReadOnlyList<IBudgetUse> uses, double budget, double leastReturn = 1)
    {
        // The return at which everything together costs the budget.
        var (low, high) = (leastReturn, 1e12);
        if (Spend(low) <= budget)
        {
            return [.. uses.Select(u => u.AmountAt(low))];
        }

        for (var i = 0; i < Halvings; i++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = Spend(middle) > budget ? (middle, high) : (low, middle);
        }

        // Customers of one value are reached together or not: what is left goes to the uses that want it next, in order.
        double[] amounts = [.. uses.Select(u => u.AmountAt(high))];
        var left = budget - amounts.Sum();
        for (var i = 0; i < amounts.Length && left > 0; i++)
        {
            var more = Math.Min(left, Math.Max(0, uses[i].AmountAt(low) - amounts[i]));
            (amounts[i], left) = (amounts[i] + more, left - more);
        }

        return amounts;

        double Spend(double at) => uses.Sum(u => u.AmountAt(at));
    }
}
