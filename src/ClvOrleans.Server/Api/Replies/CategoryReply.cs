namespace ClvOrleans.Server.Api.Replies;

/// <summary>A category in the order that suits a customer.</summary>
/// <param name="Category">The category.</param>
/// <param name="Share">Its share of what may be recommended, 0 to 1.</param>
internal sealed record CategoryReply(string Category, double Share);
