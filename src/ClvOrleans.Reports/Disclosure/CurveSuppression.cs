namespace ClvOrleans.Reports.Disclosure;

/// <summary>
/// Which months of cohorts are not told: those of few customers, those in which few bought, those by which few became older, and others
/// without which the rest of all cohorts in that month would be so few.
/// </summary>
public static class CurveSuppression
{
    /// <summary>The months that are not told.</summary>
    /// <param name="cells">Customers of each cohort and month, and those of them who bought in it.</param>
    /// <param name="smallest">How many customers are told of at least; 0 or 1 for any number.</param>
    public static IReadOnlySet<(string Cohort, int Month)> Of(
        IReadOnlyDictionary<(string Cohort, int Month), (long Customers, long Active)> cells, int smallest)
    {
        var hidden = new HashSet<(string, int)>();
        if (smallest < 2)
        {
            return hidden;
        }

        int before;
        do
        {
            before = hidden.Count;
            foreach (var cohort in cells.GroupBy(c => c.Key.Cohort))
            {
                HideSteps([.. cohort.OrderBy(c => c.Key.Month)], hidden, smallest);
            }

            foreach (var month in cells.GroupBy(c => c.Key.Month))
            {
                HideRests([.. month.OrderBy(c => c.Value.Active).ThenBy(c => c.Key.Cohort, StringComparer.Ordinal)], hidden, smallest);
            }
        }
        while (hidden.Count > before);
        return hidden;
    }

    private static void HideSteps(
        KeyValuePair<(string, int), (long Customers, long Active)>[] curve, HashSet<(string, int)> hidden, int smallest)
    {
        var last = 0L;
        foreach (var (key, (customers, active)) in curve.Where(c => !hidden.Contains(c.Key)))
        {
            if (!SmallGroups.MayTell(customers, smallest) || !SmallGroups.MayTell(active, smallest)
                || !SmallGroups.MayTell(Math.Abs(last - customers), smallest))
            {
                hidden.Add(key);
            }
            else
            {
                last = customers;
            }
        }
    }

    private static void HideRests(
        KeyValuePair<(string, int), (long Customers, long Active)>[] month, HashSet<(string, int)> hidden, int smallest)
    {
        var rest = month.Where(c => hidden.Contains(c.Key)).ToList();
        foreach (var next in month.Where(c => !hidden.Contains(c.Key)))
        {
            if (SmallGroups.MayTell(rest.Sum(c => c.Value.Customers), smallest)
                && SmallGroups.MayTell(rest.Sum(c => c.Value.Active), smallest))
            {
                return;
            }

            rest.Add(next);
            hidden.Add(next.Key);
        }
    }
}
