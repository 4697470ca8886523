namespace ClvOrleans.Server.Api.Replies;

/// <summary>A list of customers that people or other systems keep.</summary>
/// <param name="List">Its name, as rules ask for it: 'NAME' in lists.</param>
/// <param name="Customers">How many customers and visitors are on it.</param>
internal sealed record ListReply(string List, long Customers);
