namespace ClvOrleans.Server.Api.Replies;

/// <summary>What a customer has done already, and need not do again.</summary>
/// <param name="Cart">Products in the cart, the latest first.</param>
/// <param name="Wishlist">Products on the wishlist, the latest first.</param>
/// <param name="Viewed">Products that were looked at, the latest first.</param>
internal sealed record SavedSteps(IReadOnlyList<string> Cart, IReadOnlyList<string> Wishlist, IReadOnlyList<string> Viewed);
