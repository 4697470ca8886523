namespace ClvOrleans.Server.Api.Replies;

/// <summary>The policies of the store.</summary>
/// <param name="Revision">Number of the last change of a definition.</param>
/// <param name="Currency">Currency of all amounts.</param>
/// <param name="Price">λ, the price of the budgets: what a unit of money must gain beyond itself.</param>
/// <param name="Terms">What holds for all of them.</param>
/// <param name="Policies">The policies, by name.</param>
internal sealed record PolicyList(
    long Revision, string Currency, double Price, PolicyTermsReply Terms, IReadOnlyList<PolicyReply> Policies);
