namespace ClvOrleans.Server.Api.Replies;

/// <summary>Where a tier begins.</summary>
/// <param name="Tier">top-1, top-5, top-10, top-25 or top-50; those below the last are the rest.</param>
/// <param name="From">
/// Predicted value, in major units of the store's currency, from which a customer is in it; null while nobody can be, and with
/// smallestGroup while fewer are.
/// </param>
internal sealed record TierThreshold(string Tier, decimal? From);
