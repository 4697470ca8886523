using System.Collections.Immutable;

namespace ClvOrleans.Valuation.Rfm;

/// <summary>Which named group a cell belongs to, and how the names are written.</summary>
public static class RfmGroups
{
    private static readonly string[] Names =
    [
        "champions", "loyal-customers", "potential-loyalists", "new-customers", "promising", "need-attention", "about-to-sleep", "at-risk",
        "cannot-lose", "hibernating",
    ];

    /// <summary>All groups, the best first.</summary>
    public static ImmutableArray<RfmGroup> All { get; } = [.. Enum.GetValues<RfmGroup>()];

    /// <summary>The name of a group.</summary>
    public static string Format(RfmGroup group) => Names[(int)group];

    /// <summary>
    /// The group of a cell: the ten groups that marketing tools cut from recency (here the rows) and frequency. While a customer is
    /// silent, recency falls, and no group is come back to.
    /// </summary>
    public static RfmGroup Of(RfmScore score) => (score.Recency, score.Frequency) switch
    {
        (5, >= 4) => RfmGroup.Champions,
        ( >= 3, >= 4) => RfmGroup.LoyalCustomers,
        ( >= 4, >= 2) => RfmGroup.PotentialLoyalists,
        (5, _) => RfmGroup.NewCustomers,
        (4, _) => RfmGroup.Promising,
        (3, 3) => RfmGroup.NeedAttention,
        (3, _) => RfmGroup.AboutToSleep,
        (_, 5) => RfmGroup.CannotLose,
        (_, >= 3) => RfmGroup.AtRisk,
        _ => RfmGroup.Hibernating,
    };
}
