namespace ClvOrleans.Reports.Disclosure;

/// <summary>
/// Which groups of a partition are not told by themselves, so that every figure is of so many customers or more: the small ones and, where
/// those are too few together, the next smallest ones with them. What is left of a total without the others is then large enough too.
/// </summary>
public static class SmallGroups
{
    /// <summary>Name of all of them together.</summary>
    public const string Name = "(small groups)";

    /// <summary>The groups that are told together only; none where a group may have any size.</summary>
    /// <param name="groups">The groups with their numbers of customers; nobody is in two of them.</param>
    /// <param name="smallest">How many customers a group has at least; 0 or 1 for any number.</param>
    public static IReadOnlySet<T> Of<T>(IEnumerable<KeyValuePair<T, long>> groups, int smallest)
        where T : notnull
    {
        var (hidden, customers) = (new HashSet<T>(), 0L);
        foreach (var (group, count) in groups.Where(g => g.Value > 0).OrderBy(g => g.Value))
        {
            if (count >= smallest && (customers == 0 || customers >= smallest))
            {
                break;
            }

            hidden.Add(group);
            customers += count;
        }

        return hidden;
    }

    /// <summary>Whether a number of customers may be told: nobody, or enough.</summary>
    public static bool MayTell(long customers, int smallest) => customers == 0 || customers >= smallest;

    /// <summary>The size of a group whose bounds anybody may draw, rounded down to a multiple of the smallest group.</summary>
    /// <param name="customers">How many customers it has.</param>
    /// <param name="smallest">How many customers a group has at least; 0 where sizes are exact.</param>
    public static long RoundDown(long customers, int smallest) => smallest > 0 ? customers - (customers % smallest) : customers;
}
