using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Server.Recommendations;

namespace ClvOrleans.Server.Api.Replies;

/// <summary>What to do next.</summary>
/// <param name="Kind">ResumeCart, Offer, Reorder, Recommend or Browse: the first of these that there is something for.</param>
/// <param name="Products">The products it is about, the first one first.</param>
/// <param name="Slot">The slot of an offer; null otherwise.</param>
/// <param name="Text">Why, in English.</param>
internal sealed record NextBestAction(NextActionKind Kind, IReadOnlyList<string> Products, string? Slot, string Text)
{
    // What was begun comes first, then what a decision has chosen for this customer, then what habit says.
    public static NextBestAction Of(CustomerRecommendation found, string[] cart, Reorder[] due, SlotReply? offer) =>
        cart.Length > 0 ? new(NextActionKind.ResumeCart, cart, null, $"{Count(cart.Length, "product")} in the cart.")
        : offer is not null ? new(NextActionKind.Offer, [], offer.Slot, "A decision has put an offer into the slot.")
        : due.Length > 0 ? new(
            NextActionKind.Reorder, [.. due.Select(d => d.Product)], null, $"{Count(due.Length, "product")} due to be bought again.")
        : found.Lists.Mix.Length > 0 ? new(
            NextActionKind.Recommend, [.. found.Lists.Mix.Select(r => r.Product)], null, found.Lists.Mix[0].Reasons[0].Text)
        : new(NextActionKind.Browse, [], null, "Nothing is known that would shorten the way.");

    private static string Count(int count, string what) => count == 1 ? $"1 {what} is" : $"{count} {what}s are";
}
