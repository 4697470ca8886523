using System.Globalization;

namespace ClvOrleans.Recommendations.Ranking;

/// <summary>A reason for a recommendation.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Product">The other product of <see cref="ReasonKind.GoesWith"/>.</param>
/// <param name="Times">Of a product bought before, on how many of the days that are kept.</param>
/// <param name="DaysAgo">Of a product bought before, days since it was last bought.</param>
/// <param name="Interval">Of <see cref="ReasonKind.Due"/>, days from one purchase to the next that are expected of the customer.</param>
public sealed record Reason(ReasonKind Kind, string? Product = null, int? Times = null, int? DaysAgo = null, int? Interval = null)
{
    /// <summary>The reason in English, to show to people.</summary>
    public string Text => Kind switch
    {
        ReasonKind.Due => string.Create(CultureInfo.InvariantCulture, $"Bought about every {Days(Interval)}, last {Days(DaysAgo)} ago."),
        ReasonKind.BoughtBefore => Times == 1
            ? string.Create(CultureInfo.InvariantCulture, $"Bought before, {Days(DaysAgo)} ago.")
            : string.Create(CultureInfo.InvariantCulture, $"Bought {Times} times, last {Days(DaysAgo)} ago."),
        ReasonKind.GoesWith => $"Often bought with {Product}.",
        ReasonKind.BoughtByAlike => "Bought by customers with similar baskets.",
        ReasonKind.Popular => "One of the most bought products.",
        ReasonKind.Premium => "In a higher price range of its category than usual.",
        ReasonKind.Promoted => "At a special price.",
        _ => throw new InvalidOperationException($"{Kind} has no text."),
    };

    private static string Days(int? days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");
}
