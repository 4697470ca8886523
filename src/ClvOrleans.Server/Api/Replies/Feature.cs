namespace ClvOrleans.Server.Api.Replies;

/// <summary>One feature of a customer.</summary>
/// <param name="Name">Its name, such as daysSinceLastOrder.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Value">Its value; null where there is none yet.</param>
/// <param name="Unit">days, minutes, stars, strength (0 to 1), a currency's ISO 4217 code, or empty for plain numbers.</param>
internal sealed record Feature(string Name, string Title, decimal? Value, string Unit = "");
